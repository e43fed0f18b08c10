// The scanners that were set up at this till.

import { Plus, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { DeviceState } from './device-state.tsx';
import { useDeviceWords } from './device-words.ts';

export function ScannerList(props: { readonly onAdd: () => void }): JSX.Element {
  const { devices } = usePos();
  const words = useDeviceWords();
  const { scanners } = devices.book.value;
  return (
    <section>
      <h3>{words.t('devices.scanners')}</h3>
      {scanners.length === 0 && <p class="soft">{words.t('devices.no-scanners')}</p>}
      <ul class="device-list">
        {scanners.map(({ id, name, connection }) => (
          <li key={id} class="device-card" data-testid={`device-${id}`}>
            <header class="device-head">
              <b>
                <bdi>{name}</bdi>
              </b>
              <span class="soft">{words.t(`devices.kind-${connection.kind}`)}</span>
            </header>
            <DeviceState testId={`health-${id}`} health={devices.health.value.get(id) ?? 'unknown'} />
            <Button
              testId={`remove-${id}`}
              look="danger"
              icon={Trash2}
              onPress={() => {
                devices.change({ scanners: scanners.filter((one) => one.id !== id) });
              }}
            >
              {words.t('devices.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <Button testId="add-scanner" icon={Plus} onPress={props.onAdd}>
        {words.t('devices.add-scanner')}
      </Button>
    </section>
  );
}
