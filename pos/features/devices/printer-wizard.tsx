// Sets one printer up, step by step: how it is connected, which one it is, what its paper is like, whether it prints right,
// what it is called. Nothing is kept before the last step; each step can be gone back to.
//
//   kind ─► find ─► paper ─► test ─► name ─► kept

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PrinterSetup } from '../../../shared/devices/device-ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos } from '../../shell/pos-context.ts';
import { useDeviceWords } from './device-words.ts';
import { FindStep, KindStep } from './find-steps.tsx';
import { NameStep } from './name-step.tsx';
import { PaperStep } from './paper-step.tsx';
import { draftOf, draftToSetup, type PrinterDraft } from './printer-draft.ts';
import { TestStep } from './test-step.tsx';

const STEPS = ['kind', 'find', 'paper', 'test', 'name'] as const;
type Step = (typeof STEPS)[number];

export function PrinterWizard(props: {
  readonly before: PrinterSetup | null;
  readonly onDone: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useDeviceWords();
  // The id of a new printer is made once, so that what is learnt of it while testing stays.
  const [newId] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<PrinterDraft>(() => draftOf(props.before));
  const [step, setStep] = useState<Step>('kind');
  const place = STEPS.indexOf(step);
  const setup = draftToSetup(draft, props.before?.id ?? newId);
  const canGoOn = step === 'kind' ? draft.kind !== null : setup !== null;
  const change = (part: Partial<PrinterDraft>) => setDraft((now) => ({ ...now, ...part }));
  const keep = (): void => {
    if (setup === null) return;
    const others = pos.devices.book.value.printers.filter(({ id }) => id !== setup.id);
    const isKept = pos.devices.change({ printers: [...others, setup] });
    if (isKept) pos.say('good', words.t('devices.saved', { name: setup.name }));
    else pos.say('warning', words.t('devices.not-kept'));
    if (pos.preferences.value.printer === null) pos.choosePreferences({ printer: setup.id });
    props.onDone();
  };
  const goBack = (): void => {
    const before = STEPS[place - 1];
    if (before === undefined) props.onDone();
    else setStep(before);
  };
  const goOn = (): void => {
    const next = STEPS[place + 1];
    if (next === undefined) keep();
    else setStep(next);
  };
  return (
    <div class="settings devices wizard" data-testid="printer-wizard" data-step={step}>
      <p class="soft">{words.t('devices.step', { step: place + 1, steps: STEPS.length })}</p>
      <h3 class="wizard-question">{words.t(`devices.step-${step}`)}</h3>
      {step === 'kind' && <KindStep draft={draft} onChange={change} />}
      {step === 'find' && <FindStep draft={draft} onChange={change} />}
      {step === 'paper' && <PaperStep draft={draft} onChange={change} />}
      {step === 'test' && setup !== null && <TestStep setup={setup} />}
      {step === 'name' && <NameStep draft={draft} ownId={setup?.id ?? null} onChange={change} />}
      <div class="button-row wizard-moves">
        <Button testId="wizard-back" onPress={goBack}>
          {words.t('devices.back')}
        </Button>
        <Button testId="wizard-next" look="primary" isDisabled={!canGoOn} onPress={goOn}>
          {words.t(step === 'name' ? 'devices.done' : 'devices.next')}
        </Button>
      </div>
    </div>
  );
}
