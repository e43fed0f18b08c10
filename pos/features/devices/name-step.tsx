// The last step: what the printer is called, and who takes over when it cannot print.

import type { JSX } from 'preact';
import { SCREEN_PRINTER } from '../../../shared/devices/device-ports.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { Choices } from './choices.tsx';
import { useDeviceWords } from './device-words.ts';
import type { StepProps } from './find-steps.tsx';

const NAME_LENGTH_MAX = 40;
const NOBODY = 'none';

export function NameStep(props: StepProps & { readonly ownId: string | null }): JSX.Element {
  const { devices } = usePos();
  const words = useDeviceWords();
  const { draft, onChange } = props;
  const others = devices.printers.value.filter(({ id }) => id !== props.ownId);
  return (
    <>
      <Field
        testId="printer-name"
        label={words.t('devices.name')}
        value={draft.name}
        maxLength={NAME_LENGTH_MAX}
        direction="auto"
        onInput={(name) => onChange({ name })}
      />
      <Choices
        name="instead"
        label={words.t('devices.instead')}
        chosen={draft.insteadId ?? NOBODY}
        onChoose={(value) => onChange({ insteadId: value === NOBODY ? null : value })}
        options={[
          { value: NOBODY, label: words.t('devices.instead-none') },
          { value: SCREEN_PRINTER, label: words.t('devices.instead-screen') },
          ...others.map(({ id, name }) => ({
            value: id,
            label: words.t('devices.instead-printer', { name }),
          })),
        ]}
      />
    </>
  );
}
