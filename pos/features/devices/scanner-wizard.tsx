// Sets a scanner up: how it is connected, which one it is. It reads from then on, also after a restart.

import { Search } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BAUD_RATES } from '../../../shared/devices/device-ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { Choices } from './choices.tsx';
import { useDeviceWords } from './device-words.ts';
import { BaudRates, useDesk } from './find-steps.tsx';

const KINDS = ['hid', 'serial'] as const;
const HINTS = { hid: 'devices.hint-hid', serial: 'devices.hint-serial-scanner' } as const;

export function ScannerWizard({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const pos = usePos();
  const words = useDeviceWords();
  const desk = useDesk();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('hid');
  const [baudRate, setBaudRate] = useState<number>(BAUD_RATES[0]);
  const choose = async (): Promise<void> => {
    const chosen = await desk?.chooseScanner(kind, baudRate);
    if (chosen === undefined || !pos.report(chosen) || !chosen.ok) return;
    const { connection, label } = chosen.value;
    const scanners = pos.devices.book.value.scanners;
    const isKept = pos.devices.change({
      scanners: [...scanners, { id: crypto.randomUUID(), name: label, connection }],
    });
    if (isKept) pos.say('good', words.t('devices.saved', { name: label }));
    else pos.say('warning', words.t('devices.not-kept'));
    onDone();
  };
  return (
    <div class="settings devices wizard" data-testid="scanner-wizard">
      <Choices
        name="scanner"
        label={words.t('devices.step-scanner')}
        chosen={kind}
        onChoose={setKind}
        options={KINDS.map((value) => {
          const isHere = desk?.supports[value] ?? true;
          return {
            value,
            label: words.t(`devices.kind-${value}`),
            hint: words.t(isHere ? HINTS[value] : 'devices.not-here'),
            isDisabled: !isHere,
          };
        })}
      />
      {kind === 'serial' && <BaudRates baudRate={baudRate} onChoose={setBaudRate} />}
      <div class="button-row wizard-moves">
        <Button testId="wizard-back" onPress={onDone}>
          {words.t('devices.back')}
        </Button>
        <Button
          testId="scanner-choose"
          look="primary"
          icon={Search}
          isDisabled={desk === null || !desk.supports[kind]}
          onPress={() => void choose()}
        >
          {words.t('devices.choose')}
        </Button>
      </div>
    </div>
  );
}
