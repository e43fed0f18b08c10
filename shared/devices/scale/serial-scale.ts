// A scale on a serial line. It is asked a few times a second while somebody looks, and told of as it answers: a weight, that it
// still moves, that it is overloaded, or that it says nothing. Nobody looks: nothing is asked, and the port is free.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { openSerialLink } from '../link/serial-link.ts';
import type { Scale, ScaleReading } from '../ports.ts';
import type { ScaleProfile } from './scale-profiles.ts';

export type SerialScaleGiven = {
  readonly port: SerialPort;
  readonly profile: ScaleProfile;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds, for measuring. */
  readonly now: () => number;
};

const ASK_EVERY_MS = 200;
/** A scale that has said nothing for so long is switched off, or speaks another language. */
const SILENT_AFTER_MS = 1_500;
const ANSWER_MAX = 64;
const LATIN = new TextDecoder('latin1');

export function createSerialScale(given: SerialScaleGiven): Scale {
  const { profile } = given;
  const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  let zeroIsAsked = false;
  return {
    canZero: profile.zero !== '',
    zero() {
      zeroIsAsked = profile.zero !== '';
    },
    watch(listener) {
      let isWatched = true;
      const tell = (reading: ScaleReading): void => {
        if (isWatched) listener(reading);
      };
      void weigh(given, {
        isWatched: () => isWatched,
        tell,
        next() {
          const text = zeroIsAsked ? profile.zero : profile.ask;
          zeroIsAsked = false;
          return text === '' ? null : bytesOf(text);
        },
      });
      return () => {
        isWatched = false;
      };
    },
  };
}

type Weighing = {
  readonly isWatched: () => boolean;
  readonly tell: (reading: ScaleReading) => void;
  readonly next: () => Uint8Array | null;
};

async function weigh({ port, profile, wait, now }: SerialScaleGiven, weighing: Weighing): Promise<void> {
  const opened = await openSerialLink(port, profile.line);
  if (!opened.ok) {
    weighing.tell({ kind: 'gone' });
    return;
  }
  const link = opened.value;
  let held = '';
  let heardAt = now();
  const stop = link.onBytes((bytes) => {
    held = (held + LATIN.decode(bytes)).slice(-ANSWER_MAX);
    for (let at = held.indexOf(profile.end); at >= 0; at = held.indexOf(profile.end)) {
      const reading = profile.read(held.slice(0, at));
      held = held.slice(at + profile.end.length);
      if (reading === null) continue;
      heardAt = now();
      weighing.tell(reading);
    }
  });
  while (weighing.isWatched()) {
    const bytes = weighing.next();
    const written: Outcome<null> = bytes === null ? accept(null) : await sentOr(link.write(bytes), wait);
    if (!written.ok) {
      weighing.tell({ kind: 'gone' });
      break;
    }
    if (now() - heardAt > SILENT_AFTER_MS) weighing.tell({ kind: 'silent' });
    await wait(ASK_EVERY_MS);
  }
  stop();
  await link.close();
}

/** A write that hangs is a line that is gone. */
function sentOr(written: Promise<Outcome<null>>, wait: SerialScaleGiven['wait']): Promise<Outcome<null>> {
  return Promise.race([
    written,
    wait(SILENT_AFTER_MS).then((): Outcome<null> => refuse('scale-not-answering')),
  ]);
}
