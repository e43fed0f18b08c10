// The first thing that runs on a kiosk: the language of the browser, a screen that says to wait, then everything
// else as a chunk of its own. A language chosen by a customer is not kept for the next one.

import '../shared/ui/css/tokens.css';
import '../shared/ui/css/base.css';
import '../shared/ui/css/components.css';
import '../shared/ui/css/overlays.css';
import '../shared/ui/css/stage.css';
import { signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { showLanguage, showTheme } from '../shared/ui/look.ts';
import { languageToStart, readPreferences } from '../shared/ui/preferences.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import { createSpeech } from '../shared/ui/speech.ts';
import { TroubleCard } from '../shared/ui/trouble-card.tsx';
import type { KioskKey } from './shell/kiosk-context.ts';
import { loadMessages } from './shell/load-messages.ts';
import { WaitingScreen } from './shell/waiting-screen.tsx';

async function start(root: HTMLElement): Promise<void> {
  const preferences = readPreferences(localStorage);
  const language = languageToStart(preferences, navigator.languages);
  showTheme(document.documentElement, preferences.theme);
  const rest = import('./composition.tsx');
  const speech = signal(createSpeech<KioskKey>(language, await loadMessages(language)));
  showLanguage(document.documentElement, speech.value);
  const draw = (screen: JSX.Element) =>
    render(<SpeechContext.Provider value={speech}>{screen}</SpeechContext.Provider>, root);
  draw(<WaitingScreen />);
  try {
    (await rest).startKiosk(root, speech);
  } catch (error) {
    console.error('app-start-failed', error);
    draw(
      <TroubleCard
        trouble={{ code: 'UP-start', values: {}, actions: ['reload'] }}
        isBusy={false}
        onAction={() => location.reload()}
      />,
    );
  }
}

const root = document.getElementById('app');
// Not awaited: what composition.tsx shares with this file lies in one chunk, and would wait for itself.
if (root !== null) void start(root);
