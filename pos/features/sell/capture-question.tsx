// What must be taken down about goods before they are paid: that the customer is old enough, serial numbers, a lot.

import { Eye, Trash2, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LineCapture } from '../../../shared/domain/capture-line.ts';
import type { AgeCheck, CartLine } from '../../../shared/domain/cart.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { MILLI_PER_UNIT } from '../../../shared/domain/quantity.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Numpad } from '../../../shared/ui/numpad.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { DAY_DIGITS, dayOfDigits, dayText } from '../../../shared/ui/typed-day.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { startPaying } from './sell-keys.ts';
import { NO_QUESTION, type SellQuestion } from '../../shell/sell-state.ts';
import { takeOut } from '../../shell/take-out.ts';
import { useScans } from '../../shell/use-keyboard.ts';
import { useTypedEntry } from '../../shell/use-typed-entry.ts';

const CODE_MAX = 64;

type CaptureProps = {
  readonly question: Extract<SellQuestion, { kind: 'capture' }>;
  readonly line: CartLine;
  readonly onClose: () => void;
};

export function CaptureQuestion(props: CaptureProps): JSX.Element {
  switch (props.question.need.kind) {
    case 'age-check':
      return <AgeQuestion {...props} ageMinimum={props.question.need.ageMinimum} />;
    case 'serials':
      return <SerialsQuestion {...props} />;
    case 'lot':
      return <LotQuestion {...props} />;
  }
}

/** Takes it down; says why not, or goes on to what is missing next. */
function useCapture({ question, line }: CaptureProps) {
  const pos = usePos();
  const words = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const goOn = () => {
    const needs = pos.workstation.cart.value?.needs ?? [];
    const next = needs.find(
      (need) =>
        (question.isForPaying || need.lineNumber === line.lineNumber) &&
        // Fewer numbers of the same kind are asked in the same dialog.
        !(need.lineNumber === line.lineNumber && need.kind === question.need.kind),
    );
    if (next !== undefined) {
      pos.sell.question.value = { kind: 'capture', need: next, isForPaying: question.isForPaying };
      return;
    }
    pos.sell.question.value = NO_QUESTION;
    if (question.isForPaying && needs.length === 0) startPaying(pos);
  };
  const take = (capture: LineCapture): boolean => {
    const outcome = pos.workstation.captureLine(line.lineNumber, capture);
    if (!outcome.ok) {
      pos.sounds.bad();
      setProblem(refusalText(words, outcome, null));
      return false;
    }
    setProblem(null);
    pos.sounds.good();
    return true;
  };
  return { take, goOn, problem, setProblem };
}

function AgeQuestion(props: CaptureProps & { readonly ageMinimum: number }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { line, ageMinimum, onClose } = props;
  const { take, goOn, problem, setProblem } = useCapture(props);
  const check = (ageCheck: AgeCheck) => {
    if (take({ ageCheck })) goOn();
  };
  const answer = (): boolean => {
    const dateOfBirth = dayOfDigits(digits, words.language);
    if (dateOfBirth === null) setProblem(words.t('refusal.date-not-understood'));
    else check({ kind: 'date-of-birth', dateOfBirth });
    return true;
  };
  const { entry, press } = useTypedEntry({
    decimals: 0,
    keepsZeros: true,
    onEnter: answer,
    onChange: () => setProblem(null),
  });
  const digits = entry.slice(0, DAY_DIGITS);
  return (
    <Dialog
      testId="age-check"
      title={words.t('age.title', { age: ageMinimum })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button
            testId="age-remove"
            look="danger"
            size="large"
            icon={Trash2}
            onPress={() => {
              if (takeOut(pos, (why) => pos.workstation.removeLine(line.lineNumber, why))) onClose();
            }}
          >
            {words.t('age.remove')}
          </Button>
          <Button
            testId="age-ok"
            look="primary"
            size="large"
            isDisabled={digits.length < DAY_DIGITS}
            onPress={() => void answer()}
          >
            {words.t('age.take')}
          </Button>
        </>
      }
    >
      <div class="decision">
        <p>
          <strong>{textIn(line.name, words.language)}</strong>
        </p>
        <Button testId="age-seen" size="large" icon={Eye} onPress={() => check({ kind: 'seen' })}>
          {words.t('age.seen', { age: ageMinimum })}
        </Button>
        <p class="soft">{words.t('age.date-of-birth')}</p>
        <output class="big-entry" data-testid="age-entry" data-entry={digits} data-empty={digits === ''}>
          <bdi class="ltr">
            {words.digits(digits === '' ? words.t('age.shape') : dayText(digits, words.language))}
          </bdi>
        </output>
        <p class="field-problem" role="alert" data-testid="age-problem">
          {problem}
        </p>
        <Numpad
          testId="age-key"
          label={words.t('age.date-of-birth')}
          backLabel={words.t('numpad.back')}
          onKey={press}
        />
      </div>
    </Dialog>
  );
}

function SerialsQuestion(props: CaptureProps): JSX.Element {
  const words = useWords();
  const { line, onClose } = props;
  const { take, goOn, problem, setProblem } = useCapture(props);
  const [typed, setTyped] = useState('');
  const serials = line.serials ?? [];
  const pieces = Math.ceil(line.quantityMilli / MILLI_PER_UNIT);
  const add = (code: string) => {
    if (!take({ serials: [...serials, code] })) return;
    setTyped('');
    if (serials.length + 1 >= pieces) goOn();
  };
  useScans(add);
  return (
    <Dialog
      testId="serials"
      title={words.t('serials.title', { name: textIn(line.name, words.language) })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button
          testId="serials-ok"
          look="primary"
          size="large"
          isDisabled={typed.trim() === ''}
          onPress={() => add(typed)}
        >
          {words.t('serials.take')}
        </Button>
      }
    >
      <div class="decision">
        <p class="soft" data-testid="serials-count">
          {words.t('serials.count', { count: serials.length, pieces })}
        </p>
        <Field
          testId="serials-text"
          label={words.t('serials.label')}
          value={typed}
          maxLength={CODE_MAX}
          direction="ltr"
          hasFocusFirst
          hint={words.t('serials.hint')}
          {...(problem !== null && { problem })}
          onInput={(text) => {
            setProblem(null);
            setTyped(text);
          }}
          onEnter={() => {
            if (typed.trim() !== '') add(typed);
          }}
        />
        <ul class="serial-list">
          {serials.map((serial) => (
            <li key={serial}>
              <bdi class="ltr">{serial}</bdi>
              <IconButton
                testId={`serial-${serial}-remove`}
                icon={X}
                label={words.t('serials.remove', { serial })}
                onPress={() => void take({ serials: serials.filter((each) => each !== serial) })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function LotQuestion(props: CaptureProps): JSX.Element {
  const words = useWords();
  const { line, onClose } = props;
  const { take, goOn, problem, setProblem } = useCapture(props);
  const [lot, setLot] = useState(line.lot ?? '');
  const save = (code: string) => {
    if (take({ lot: code })) goOn();
  };
  useScans(save);
  return (
    <Dialog
      testId="lot"
      title={words.t('lot.title', { name: textIn(line.name, words.language) })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button
          testId="lot-ok"
          look="primary"
          size="large"
          isDisabled={lot.trim() === ''}
          onPress={() => save(lot)}
        >
          {words.t('common.save')}
        </Button>
      }
    >
      <Field
        testId="lot-text"
        label={words.t('lot.label')}
        value={lot}
        maxLength={CODE_MAX}
        direction="ltr"
        hasFocusFirst
        hint={words.t('serials.hint')}
        {...(problem !== null && { problem })}
        onInput={(text) => {
          setProblem(null);
          setLot(text);
        }}
        onEnter={() => {
          if (lot.trim() !== '') save(lot);
        }}
      />
    </Dialog>
  );
}
