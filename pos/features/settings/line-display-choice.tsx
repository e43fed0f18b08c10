// The customer's display of two lines: on a serial port of this device, or on the network at an address that is configured as a
// printer's, since both take the same bytes.

import { PlugZap } from 'lucide';
import type { JSX } from 'preact';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function LineDisplayChoice(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const chosen = pos.preferences.value.lineDisplay;
  const printers = pos.workstation.settings.value?.printers ?? [];
  const connect = async () => {
    const port = await pos.choosePort();
    if (pos.report(port) && port.ok)
      pos.choosePreferences({ lineDisplay: { kind: 'serial', at: port.value } });
  };
  const choice = (id: string, label: string, isChosen: boolean, choose: () => void) => (
    <li key={id}>
      <label class="choice">
        <input
          type="radio"
          name="line-display"
          data-testid={`line-display-${id}`}
          checked={isChosen}
          onChange={choose}
        />
        <bdi>{label}</bdi>
      </label>
    </li>
  );
  return (
    <section data-testid="line-display-choice">
      <h3>{words.t('settings.line-display')}</h3>
      <ul class="choice-list" role="radiogroup" aria-label={words.t('settings.line-display')}>
        {chosen?.kind === 'serial' &&
          choice('serial', words.t('settings.line-display-serial'), true, () => undefined)}
        {printers.map(({ id, name }) =>
          choice(id, name, chosen?.kind === 'network' && chosen.at === id, () =>
            pos.choosePreferences({ lineDisplay: { kind: 'network', at: id } }),
          ),
        )}
        {choice('none', words.t('settings.line-display-none'), chosen === null, () =>
          pos.choosePreferences({ lineDisplay: null }),
        )}
      </ul>
      <Button testId="line-display-connect" icon={PlugZap} onPress={() => void connect()}>
        {words.t('settings.line-display-connect')}
      </Button>
    </section>
  );
}
