// The sentences of this feature, a file of their own that is fetched with it: nobody needs them to sell.

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { createSpeech, type Speech } from '../../../shared/ui/speech.ts';
import type own from '../../messages/devices-en.json';
import { loadMessages } from '../../shell/load-messages.ts';
import type { PosKey } from '../../shell/message-keys.ts';
import { useWords } from '../../shell/pos-context.ts';

export type DeviceKey = PosKey | keyof typeof own;
export type DeviceSpeech = Speech<DeviceKey>;

/** The words of now, or null until they are there. */
export function useFetchedWords(): DeviceSpeech | null {
  const { language } = useWords();
  const [speech, setSpeech] = useState<DeviceSpeech | null>(null);
  useEffect(() => {
    const spoken = language === 'fa' ? 'fa' : 'en';
    void Promise.all([
      loadMessages(spoken),
      spoken === 'fa' ? import('../../messages/devices-fa.json') : import('../../messages/devices-en.json'),
    ]).then(([shared, devices]) =>
      setSpeech(createSpeech<DeviceKey>(spoken, { ...shared, ...devices.default })),
    );
  }, [language]);
  return speech;
}

// Below the sheet there are always words: it draws nothing before.
const Context = createContext<DeviceSpeech | null>(null);
export const DeviceWords = Context.Provider;

export function useDeviceWords(): DeviceSpeech {
  const words = useContext(Context);
  if (words === null) throw new Error('a part of the devices stands outside of their sheet');
  return words;
}
