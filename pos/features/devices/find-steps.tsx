// The first two steps: how the printer is connected, and which one it is. The browser's own chooser shows what is there; a
// printer of the network is one that the server knows.

import { Search } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  BAUD_RATES,
  type DeviceDesk,
  type LocalKind,
  type PrinterConnection,
} from '../../../shared/devices/device-ports.ts';
import { isReceiptPrinter } from '../../../shared/domain/store.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { Choices } from './choices.tsx';
import { useDeviceWords } from './device-words.ts';
import type { PrinterDraft } from './printer-draft.ts';

export type StepProps = {
  readonly draft: PrinterDraft;
  readonly onChange: (part: Partial<PrinterDraft>) => void;
};

const KINDS = ['network', 'usb', 'serial', 'bluetooth'] as const;

/** What this browser can reach, once the desk is there. */
export function useDesk(): DeviceDesk | null {
  const pos = usePos();
  const words = useDeviceWords();
  const [desk, setDesk] = useState<DeviceDesk | null>(null);
  useEffect(() => {
    pos.devices.desk().then(
      (found) => setDesk(found),
      () => pos.say('danger', words.t('lazy.not-loaded')),
    );
  }, []);
  return desk;
}

export function KindStep({ draft, onChange }: StepProps): JSX.Element {
  const desk = useDesk();
  const words = useDeviceWords();
  const isHere = (kind: PrinterConnection['kind']): boolean =>
    kind === 'network' || (desk?.supports[kind] ?? true);
  return (
    <Choices
      name="kind"
      isLabelHidden
      label={words.t('devices.step-kind')}
      chosen={draft.kind}
      onChoose={(kind) => onChange({ kind })}
      options={KINDS.map((kind) => ({
        value: kind,
        label: words.t(`devices.kind-${kind}`),
        hint: words.t(isHere(kind) ? `devices.hint-${kind}` : 'devices.not-here'),
        isDisabled: !isHere(kind),
      }))}
    />
  );
}

export function FindStep(props: StepProps): JSX.Element {
  const { kind } = props.draft;
  return kind === 'network' || kind === null ? (
    <NetworkPrinters {...props} />
  ) : (
    <ChooseHere {...props} kind={kind} />
  );
}

function NetworkPrinters({ draft, onChange }: StepProps): JSX.Element {
  const { workstation } = usePos();
  const words = useDeviceWords();
  const printers = (workstation.settings.value?.printers ?? []).filter(isReceiptPrinter);
  if (printers.length === 0) return <p class="soft">{words.t('devices.none-on-server')}</p>;
  return (
    <Choices
      name="network"
      isLabelHidden
      label={words.t('devices.step-find')}
      chosen={draft.connection?.kind === 'network' ? draft.connection.printerId : null}
      onChoose={(printerId) => {
        const found = printers.find(({ id }) => id === printerId);
        onChange({
          connection: { kind: 'network', printerId },
          ...(found !== undefined && {
            name: found.name,
            columns: found.columns,
            profile: found.profile ?? '',
          }),
        });
      }}
      options={printers.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}

function ChooseHere(props: StepProps & { readonly kind: LocalKind }): JSX.Element {
  const pos = usePos();
  const words = useDeviceWords();
  const desk = useDesk();
  const { draft, kind, onChange } = props;
  const isChosen = draft.connection?.kind === kind;
  const choose = async (): Promise<void> => {
    const chosen = await desk?.choosePrinter(kind, draft.baudRate);
    if (chosen === undefined || !pos.report(chosen) || !chosen.ok) return;
    const { connection, label } = chosen.value;
    onChange({ connection, name: draft.name === '' ? label : draft.name });
  };
  return (
    <>
      <p class="soft">{words.t(`devices.hint-${kind}`)}</p>
      {kind === 'serial' && (
        <BaudRates baudRate={draft.baudRate} onChoose={(baudRate) => onChange({ baudRate })} />
      )}
      <Button
        testId="wizard-choose"
        look={isChosen ? 'secondary' : 'primary'}
        icon={Search}
        isDisabled={desk === null}
        onPress={() => void choose()}
      >
        {words.t('devices.choose')}
      </Button>
      {isChosen && <p data-testid="wizard-chosen">{words.t('devices.chosen', { name: draft.name })}</p>}
    </>
  );
}

export function BaudRates(props: {
  readonly baudRate: number;
  readonly onChoose: (baudRate: number) => void;
}): JSX.Element {
  const words = useDeviceWords();
  return (
    <Choices
      name="baud"
      label={words.t('devices.baud')}
      chosen={String(props.baudRate)}
      onChoose={(value) => props.onChoose(Number(value))}
      options={BAUD_RATES.map((rate) => ({ value: String(rate), label: words.number(rate) }))}
      isRow
    />
  );
}
