// What every screen of the kiosk may reach. A kiosk asks and shows; it signs nobody on and sells nothing.

import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Workstation } from '../../shared/client/runtime.ts';
import type { CodeCamera, ScanEvent } from '../../shared/devices/ports.ts';
import type { Language } from '../../shared/domain/localized-text.ts';
import type { SharedKey } from '../../shared/ui/shared-keys.ts';
import { useSpeech } from '../../shared/ui/speech-context.tsx';
import type { Speech } from '../../shared/ui/speech.ts';
import type own from '../messages/en.json';

export type KioskKey = SharedKey | keyof typeof own;

export type KioskContext = {
  readonly workstation: Pick<
    Workstation,
    | 'status'
    | 'settings'
    | 'catalogueRevision'
    | 'priceBook'
    | 'priceOf'
    | 'findByCode'
    | 'awaitByCode'
    | 'onHand'
    | 'item'
    | 'search'
    | 'enrol'
    | 'enrolInDemoStore'
    | 'resolveTrouble'
  >;
  readonly scanner: { onScan(listener: (event: ScanEvent) => void): () => void };
  /** Reads codes from pictures; fetched when it is first opened. */
  readonly camera: CodeCamera;
  readonly speech: ReadonlySignal<Speech<KioskKey>>;
  readonly speak: (language: Language) => void;
  /** Moves with every touch and key; the kiosk goes back to its first screen when it stands still. */
  readonly lastTouchedAt: ReadonlySignal<number>;
  /** A clock that moves every few seconds. */
  readonly now: ReadonlySignal<number>;
};

const Context = createContext<KioskContext | null>(null);

export const KioskProvider = Context.Provider;

export function useKiosk(): KioskContext {
  const context = useContext(Context);
  if (context === null) throw new Error('a screen stands outside of KioskProvider');
  return context;
}

export const useWords = (): Speech<KioskKey> => useSpeech<KioskKey>();
