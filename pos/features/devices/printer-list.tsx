// The printers of the store and of this till, each with its state and what can be done with it.

import { Inbox, Plus, Printer, ReceiptText, RefreshCw, Settings2, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import type { PrinterSetup } from '../../../shared/devices/device-ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { DeviceState } from './device-state.tsx';
import { useDeviceWords } from './device-words.ts';
import { useTesting } from './use-testing.ts';

export function PrinterList(props: {
  readonly onAdd: () => void;
  readonly onChange: (setup: PrinterSetup) => void;
}): JSX.Element {
  const { devices } = usePos();
  const words = useDeviceWords();
  const printers = devices.printers.value;
  return (
    <section>
      <h3>{words.t('devices.printers')}</h3>
      {printers.length === 0 && <p class="soft">{words.t('devices.no-printers')}</p>}
      <ul class="device-list">
        {printers.map((setup) => (
          <PrinterCard key={setup.id} setup={setup} onChange={() => props.onChange(setup)} />
        ))}
      </ul>
      <Button testId="add-printer" icon={Plus} onPress={props.onAdd}>
        {words.t('devices.add-printer')}
      </Button>
    </section>
  );
}

function PrinterCard(props: { readonly setup: PrinterSetup; readonly onChange: () => void }): JSX.Element {
  const pos = usePos();
  const words = useDeviceWords();
  const { setup } = props;
  const { book, health } = pos.devices;
  const testing = useTesting(setup);
  const isChosen = pos.preferences.value.printer === setup.id;
  const isOwn = book.value.printers.some(({ id }) => id === setup.id);
  return (
    <li class="device-card" data-testid={`device-${setup.id}`}>
      <header class="device-head">
        <b>
          <bdi>{setup.name}</bdi>
        </b>
        <span class="soft">{words.t(`devices.kind-${setup.connection.kind}`)}</span>
      </header>
      <DeviceState testId={`health-${setup.id}`} health={health.value.get(setup.id) ?? 'unknown'} />
      {isChosen && <p class="device-used">{words.t('devices.in-use')}</p>}
      <div class="button-row">
        {!isChosen && (
          <Button
            testId={`use-${setup.id}`}
            icon={ReceiptText}
            onPress={() => pos.choosePreferences({ printer: setup.id })}
          >
            {words.t('devices.use')}
          </Button>
        )}
        <Button
          testId={`check-${setup.id}`}
          icon={RefreshCw}
          isDisabled={testing.isBusy}
          onPress={testing.check}
        >
          {words.t('devices.check')}
        </Button>
        <Button
          testId={`test-${setup.id}`}
          icon={Printer}
          isDisabled={testing.isBusy}
          onPress={testing.printPage}
        >
          {words.t('devices.test')}
        </Button>
        {setup.drawerPin !== null && (
          <Button
            testId={`drawer-${setup.id}`}
            icon={Inbox}
            isDisabled={testing.isBusy}
            onPress={testing.openDrawer}
          >
            {words.t('devices.drawer')}
          </Button>
        )}
        <Button testId={`change-${setup.id}`} icon={Settings2} onPress={props.onChange}>
          {words.t('devices.change')}
        </Button>
        {isOwn && (
          <Button
            testId={`remove-${setup.id}`}
            look="danger"
            icon={Trash2}
            onPress={() => {
              pos.devices.change({ printers: book.value.printers.filter(({ id }) => id !== setup.id) });
            }}
          >
            {words.t('devices.remove')}
          </Button>
        )}
      </div>
    </li>
  );
}
