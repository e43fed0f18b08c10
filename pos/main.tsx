// The first thing that runs: language and theme from what was chosen before, a screen that says what is being
// done, then everything else as a chunk of its own. Whatever fails here is said in words, never as a white page.

import '../shared/ui/css/tokens.css';
import '../shared/ui/css/base.css';
import '../shared/ui/css/components.css';
import '../shared/ui/css/overlays.css';
import '../shared/ui/css/stage.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { showLanguage, showTheme } from '../shared/ui/look.ts';
import { languageToStart, readPreferences } from '../shared/ui/preferences.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import { createSpeech } from '../shared/ui/speech.ts';
import { CheckingScreen } from './features/boot/checking.screen.tsx';
import { TroubleCard } from '../shared/ui/trouble-card.tsx';
import { loadMessages } from './shell/load-messages.ts';
import type { PosKey } from './shell/message-keys.ts';

async function start(root: HTMLElement): Promise<void> {
  const preferences = readPreferences(localStorage);
  const language = languageToStart(preferences, navigator.languages);
  showTheme(document.documentElement, preferences.theme);
  // Asked for now, so that it comes while the first screen is drawn.
  const isDisplay = location.pathname.startsWith(`${import.meta.env.BASE_URL}display`);
  const rest = isDisplay ? import('./display.tsx') : import('./composition.tsx');
  const speech = signal(createSpeech<PosKey>(language, await loadMessages(language)));
  showLanguage(document.documentElement, speech.value);
  render(
    <SpeechContext.Provider value={speech}>
      <CheckingScreen />
    </SpeechContext.Provider>,
    root,
  );
  try {
    const { startApp } = await rest;
    await startApp({ root, preferences, speech });
  } catch (error) {
    console.error('app-start-failed', error);
    render(
      <SpeechContext.Provider value={speech}>
        <TroubleCard
          trouble={{ code: 'UP-start', values: {}, actions: ['reload'] }}
          isBusy={false}
          onAction={() => location.reload()}
        />
      </SpeechContext.Provider>,
      root,
    );
  }
}

const root = document.getElementById('app');
// Not awaited: what composition.tsx shares with this file lies in one chunk, and would wait for itself.
if (root !== null) void start(root);
