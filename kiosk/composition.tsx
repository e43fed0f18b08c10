// Composition root of the kiosk: its own workstation of the reduced kind, a scanner, a clock.

import './css/kiosk.css';
import { signal, type Signal } from '@preact/signals';
import { render } from 'preact';
// The build makes the default export of a `?worker&url` import; the lint rule looks into the file instead.
// oxlint-disable-next-line import/default
import argon2WorkerUrl from '../shared/client/argon2.worker.ts?worker&url';
import { createBrowserWorkstation } from '../shared/client/browser.ts';
// oxlint-disable-next-line import/default
import catalogueWorkerUrl from '../shared/client/catalogue/catalogue.worker.ts?worker&url';
import { trustedScriptUrl } from '../shared/client/trusted-script-url.ts';
import { createLazyCamera } from '../shared/devices/camera/lazy-camera.ts';
// oxlint-disable-next-line import/default
import scanWorkerUrl from '../shared/devices/camera/zxing.worker.ts?worker&url';
import { createKeyboardScanner } from '../shared/devices/keyboard-scanner.ts';
import type { Language } from '../shared/domain/localized-text.ts';
import { showLanguage } from '../shared/ui/look.ts';
import { isSpoken } from '../shared/ui/preferences.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import { createSpeech, type Speech } from '../shared/ui/speech.ts';
import { watchForUpdate } from '../shared/ui/app-update.ts';
import { KioskApp } from './shell/kiosk-app.tsx';
import { KioskProvider, type KioskKey } from './shell/kiosk-context.ts';
import { loadMessages } from './shell/load-messages.ts';

const CLOCK_STEP_MS = 5_000;
/** An update is taken while nobody stands before the kiosk. */
const UPDATE_AFTER_IDLE_MS = 60_000;
const APP_VERSION = import.meta.env['VITE_APP_VERSION'] ?? '0.1.0';

export function startKiosk(root: HTMLElement, speech: Signal<Speech<KioskKey>>): void {
  const now = signal(Date.now());
  const lastTouchedAt = signal(Date.now());
  const update = watchForUpdate(import.meta.env.BASE_URL, trustedScriptUrl);
  const workstation = createBrowserWorkstation({
    kind: 'kiosk',
    appVersion: APP_VERSION,
    makeCatalogueWorker: (name) => new Worker(trustedScriptUrl(catalogueWorkerUrl), { type: 'module', name }),
    makeArgon2Worker: () => new Worker(trustedScriptUrl(argon2WorkerUrl), { type: 'module' }),
  });
  setInterval(() => {
    now.value = Date.now();
    if (update.isWaiting.value && now.value - lastTouchedAt.value > UPDATE_AFTER_IDLE_MS) update.apply();
  }, CLOCK_STEP_MS);
  for (const touched of ['pointerdown', 'keydown']) {
    window.addEventListener(touched, () => {
      lastTouchedAt.value = Date.now();
      now.value = Date.now();
    });
  }
  const scanner = createKeyboardScanner({
    window,
    setTimeout: (run, afterMs) => window.setTimeout(run, afterMs),
    clearTimeout: (timer) => window.clearTimeout(timer),
  });
  const kiosk = {
    workstation,
    scanner,
    camera: createLazyCamera(async () => {
      const { createBrowserCamera } = await import('../shared/devices/camera/browser-camera.ts');
      const address = trustedScriptUrl(scanWorkerUrl);
      return createBrowserCamera({ makeDecoderWorker: () => new Worker(address, { type: 'module' }) });
    }),
    speech,
    speak: (language: Language) => void speak(language, speech),
    lastTouchedAt,
    now,
  };
  render(
    <SpeechContext.Provider value={speech}>
      <KioskProvider value={kiosk}>
        <KioskApp isDemoServer={isDemoServer} />
      </KioskProvider>
    </SpeechContext.Provider>,
    root,
  );
}

async function speak(language: Language, speech: Signal<Speech<KioskKey>>): Promise<void> {
  if (!isSpoken(language)) return;
  const next = createSpeech<KioskKey>(language, await loadMessages(language));
  showLanguage(document.documentElement, next);
  speech.value = next;
}

/** Does the server offer its demo store in one tap? False as long as it does not say so. */
async function isDemoServer(): Promise<boolean> {
  try {
    const answer = await fetch('/api/v1/status');
    const status: unknown = await answer.json();
    return typeof status === 'object' && status !== null && 'isDemo' in status && status.isDemo === true;
  } catch {
    return false;
  }
}
