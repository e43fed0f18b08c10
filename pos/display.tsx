// Composition root of the customer's screen (/pos/display): it has no journal, no cart and no operator of its own, and shows
// what a till tells it, from the same device over a channel of the browser or from another device over the server.

import './css/display.css';
import { signal, type Signal } from '@preact/signals';
import { render } from 'preact';
import { createBrowserChannel } from '../shared/client/storage/browser-ports.ts';
import type { Preferences } from '../shared/ui/preferences.ts';
import { showLanguage } from '../shared/ui/look.ts';
import { isSpoken } from '../shared/ui/preferences.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import { createSpeech, type Speech } from '../shared/ui/speech.ts';
import { DisplayScreen } from './features/display/display.screen.tsx';
import { followServer } from './features/display/follow-server.ts';
import { isContent } from './features/display/is-content.ts';
import { loadMessages } from './shell/load-messages.ts';
import type { PosKey } from './shell/message-keys.ts';
import { DISPLAY_CHANNEL } from './shell/publish-display.ts';
import type { DisplayContent } from '../shared/domain/display-content.ts';

export type StartAppGiven = {
  readonly root: HTMLElement;
  readonly preferences: Preferences;
  readonly speech: Signal<Speech<PosKey>>;
};

export async function startApp({ root, speech }: StartAppGiven): Promise<void> {
  const content = signal<DisplayContent | null>(null);
  const show = async (next: DisplayContent): Promise<void> => {
    if (next.language !== speech.value.language && isSpoken(next.language)) {
      const spoken = createSpeech<PosKey>(next.language, await loadMessages(next.language));
      showLanguage(document.documentElement, spoken);
      speech.value = spoken;
    }
    content.value = next;
  };
  // A till on this device counts; the server is listened to as well, for a screen on a device of its own.
  const channel = createBrowserChannel(DISPLAY_CHANNEL);
  channel.listen((message) => {
    const isOurs = typeof message === 'object' && message !== null && 'content' in message;
    if (isOurs && isContent(message.content)) void show(message.content);
  });
  channel.post({ kind: 'hello' });
  const server = followServer({
    fetch: (path, init) => window.fetch(path, init),
    storage: localStorage,
    onContent: (next) => void show(next),
  });
  render(
    <SpeechContext.Provider value={speech}>
      <DisplayScreen content={content} pairing={server} />
    </SpeechContext.Provider>,
    root,
  );
}
