// What the printer is like: width of the paper, whose letters it has, its knife, and where the drawer hangs.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { CUTS, PAPER_COLUMNS } from '../../../shared/devices/device-ports.ts';
import { Choices } from './choices.tsx';
import { useDeviceWords } from './device-words.ts';
import { useDesk, type StepProps } from './find-steps.tsx';

const DRAWERS = ['none', '0', '1'] as const;

export function PaperStep({ draft, onChange }: StepProps): JSX.Element {
  const words = useDeviceWords();
  const desk = useDesk();
  const familyId = useId();
  const drawer = draft.drawerPin === null ? 'none' : draft.drawerPin === 0 ? '0' : '1';
  return (
    <>
      <Choices
        name="paper"
        label={words.t('devices.paper')}
        chosen={String(draft.columns)}
        onChoose={(value) => onChange({ columns: Number(value) })}
        options={PAPER_COLUMNS.map((columns) => ({
          value: String(columns),
          label: words.t(`devices.paper-${columns}`),
        }))}
      />
      <div class="field">
        <label for={familyId}>{words.t('devices.family')}</label>
        <div class="field-box">
          <select
            id={familyId}
            data-testid="paper-profile"
            value={draft.profile}
            onChange={(event) => onChange({ profile: event.currentTarget.value })}
          >
            {(desk?.profiles ?? []).map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Choices
        name="cut"
        label={words.t('devices.cut')}
        chosen={draft.cut}
        onChoose={(cut) => onChange({ cut })}
        options={CUTS.map((value) => ({ value, label: words.t(`devices.cut-${value}`) }))}
        isRow
      />
      <Choices
        name="drawer"
        label={words.t('devices.drawer-at')}
        chosen={drawer}
        onChoose={(value) => onChange({ drawerPin: value === 'none' ? null : value === '0' ? 0 : 1 })}
        options={DRAWERS.map((value) => ({ value, label: words.t(`devices.drawer-${value}`) }))}
        isRow
      />
    </>
  );
}
