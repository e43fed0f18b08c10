// The scale of this device: which language it speaks, which port it is on, and what it says right now, so that a wrong choice is
// seen here and not at the first customer.

import { Scale as ScaleIcon, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { SCALE_KINDS, type Scale, type ScaleKind } from '../../../shared/devices/ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useReading } from '../../shell/use-reading.ts';

export function ScaleChoice(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const chosen = pos.preferences.value.scale;
  const [kind, setKind] = useState<ScaleKind>(chosen?.profile ?? 'toledo-8217');
  const scale = pos.scale.value;
  const connect = async () => {
    const port = await pos.choosePort();
    if (pos.report(port) && port.ok) pos.choosePreferences({ scale: { profile: kind, port: port.value } });
  };
  return (
    <section data-testid="scale-choice">
      <h3>{words.t('settings.scale')}</h3>
      <Segmented<ScaleKind>
        testId="scale-kind"
        label={words.t('settings.scale')}
        value={kind}
        options={SCALE_KINDS.map((value) => ({ value, label: words.t(`settings.scale-${value}`) }))}
        onChoose={(next) => {
          setKind(next);
          if (chosen !== null) pos.choosePreferences({ scale: { ...chosen, profile: next } });
        }}
      />
      {scale !== null && <Says scale={scale} />}
      {chosen !== null && scale === null && <p class="field-problem">{words.t('scale.gone')}</p>}
      <div class="button-row">
        <Button testId="scale-connect" icon={ScaleIcon} onPress={() => void connect()}>
          {words.t('settings.scale-connect')}
        </Button>
        {chosen !== null && (
          <Button testId="scale-none" icon={X} onPress={() => pos.choosePreferences({ scale: null })}>
            {words.t('settings.scale-none')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Says({ scale }: { readonly scale: Scale }): JSX.Element {
  const words = useWords();
  const reading = useReading(scale);
  return (
    <p role="status" data-testid="scale-says" data-kind={reading.kind}>
      {reading.kind === 'weight' ? (
        <bdi>{words.quantity(reading.milli, 'kilogram')}</bdi>
      ) : (
        words.t(`scale.${reading.kind}`)
      )}
    </p>
  );
}
