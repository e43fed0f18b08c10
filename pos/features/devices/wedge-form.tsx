// How scanners that type like a keyboard were programmed: what they send before and after a code, and how slowly they type.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { WedgeSetup } from '../../../shared/devices/device-ports.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { useDeviceWords } from './device-words.ts';

const SUFFIXES = ['either', 'enter', 'tab', 'none'] as const;
const PREFIX_LENGTH_MAX = 8;
const GAP_DIGITS_MAX = 4;
const GAP_MS = { min: 20, max: 1_000 } as const;

export function WedgeForm(): JSX.Element {
  const { devices } = usePos();
  const words = useDeviceWords();
  const { wedge } = devices.book.value;
  const [gap, setGap] = useState(words.digits(String(wedge.gapMaxMs)));
  const change = (part: Partial<WedgeSetup>) => devices.change({ wedge: { ...wedge, ...part } });
  return (
    <section>
      <h3>{words.t('devices.wedge')}</h3>
      <p class="soft">{words.t('devices.wedge-hint')}</p>
      <Field
        testId="wedge-prefix"
        label={words.t('devices.wedge-prefix')}
        value={wedge.prefix}
        maxLength={PREFIX_LENGTH_MAX}
        direction="ltr"
        onInput={(prefix) => change({ prefix })}
      />
      <p class="field-label">{words.t('devices.wedge-suffix')}</p>
      <Segmented
        testId="wedge-suffix"
        label={words.t('devices.wedge-suffix')}
        value={wedge.suffix}
        options={SUFFIXES.map((value) => ({ value, label: words.t(`devices.wedge-${value}`) }))}
        onChoose={(suffix) => change({ suffix })}
      />
      <Field
        testId="wedge-gap"
        label={words.t('devices.wedge-gap')}
        value={gap}
        inputMode="numeric"
        maxLength={GAP_DIGITS_MAX}
        onInput={(typed) => {
          setGap(typed);
          const read = parseDecimal(typed, 0);
          // A number out of bounds is kept on the screen and not in use.
          if (read.ok && read.value >= GAP_MS.min && read.value <= GAP_MS.max)
            change({ gapMaxMs: read.value });
        }}
      />
    </section>
  );
}
