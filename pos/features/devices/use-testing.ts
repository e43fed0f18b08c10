// Asks a printer how it is, prints its test page and opens its drawer, one at a time; what goes wrong is said.

import { useState } from 'preact/hooks';
import type { DeviceDesk, PrinterSetup } from '../../../shared/devices/device-ports.ts';
import type { PrintProof } from '../../../shared/devices/ports.ts';
import type { Outcome } from '../../../shared/domain/refusal.ts';
import { usePos } from '../../shell/pos-context.ts';
import { useDeviceWords } from './device-words.ts';

export type Testing = {
  readonly isBusy: boolean;
  /** How the last test page went. */
  readonly proof: PrintProof | undefined;
  readonly check: () => void;
  readonly printPage: () => void;
  readonly openDrawer: () => void;
};

export function useTesting(setup: PrinterSetup): Testing {
  const pos = usePos();
  const words = useDeviceWords();
  const [isBusy, setBusy] = useState(false);
  const [proof, setProof] = useState<PrintProof | undefined>(undefined);
  const run = async (work: (desk: DeviceDesk) => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work(await pos.devices.desk());
    } catch {
      // The part of the app that reaches devices could not be fetched.
      pos.say('danger', words.t('lazy.not-loaded'));
    } finally {
      setBusy(false);
    }
  };
  const told = (outcome: Outcome<unknown>): boolean => pos.report(outcome);
  return {
    isBusy,
    proof,
    check: () =>
      void run(async (desk) => {
        await desk.check(setup);
      }),
    printPage: () =>
      void run(async (desk) => {
        const printed = await desk.printTestPage(setup, {
          language: words.language,
          title: words.t('devices.test'),
          date: words.date(new Date(pos.now.value)),
        });
        if (!told(printed) || !printed.ok) return;
        setProof(printed.value);
        pos.say('good', words.t(`devices.proof-${printed.value === 'on-paper' ? 'on-paper' : 'sent'}`));
      }),
    openDrawer: () =>
      void run(async (desk) => {
        told(await desk.openDrawerNow(setup));
      }),
  };
}
