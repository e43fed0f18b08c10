// Card payments that are not finished, with what can be done about each: ask the terminal, decide with a reason, or take an
// approval back. Shown where the sale is paid, and in the sheet of all that are open.

import { CreditCard, RefreshCw, ShieldQuestion, Undo2 } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CardTold } from '../../shared/client/paying/pay-commands.ts';
import { tillSubjects } from '../../shared/domain/approval.ts';
import { authorisationCode, type AnsweredCard } from '../../shared/domain/card-details.ts';
import { attemptOf, type CardPayment } from '../../shared/domain/card-payment.ts';
import { accept, type Outcome } from '../../shared/domain/refusal.ts';
import { Money } from '../../shared/ui/amounts.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { refusalText } from '../../shared/ui/trouble-text.ts';
import { decide } from './decide.ts';
import { usePos, useWords, type PosContext } from './pos-context.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { terminalName } from './terminal-name.ts';

const CODE_MAX = 24;
const LAST_DIGITS = /^\d{4}$/;

export function OpenCards({ payments }: { readonly payments: readonly CardPayment[] }): JSX.Element | null {
  const words = useWords();
  if (payments.length === 0) return null;
  return (
    <ul class="tender-list" aria-label={words.t('cards.open')} data-testid="open-cards">
      {payments.map((payment) => (
        <OpenCard key={payment.attemptId} payment={payment} />
      ))}
    </ul>
  );
}

function OpenCard({ payment }: { readonly payment: CardPayment }): JSX.Element {
  const words = useWords();
  const { state, card, currency } = payment;
  const [isDeciding, setDeciding] = useState(false);
  const isApproved = state === 'approved';
  const terminal = usePos().terminals.value.find(({ id }) => id === payment.terminalId);
  const at = {
    terminal: terminal === undefined ? payment.terminalId : terminalName(words, terminal),
    time: words.dateTime(payment.attemptedAt),
  };
  const name = [card.scheme, card.lastDigits === undefined ? undefined : `•••• ${card.lastDigits}`]
    .filter((part) => part !== undefined)
    .join(' ');
  return (
    <li class="open-card" data-testid={`card-${payment.attemptId}`} data-state={state}>
      <Icon of={isApproved ? CreditCard : ShieldQuestion} />
      <span>
        {words.t('receipt.tender.card')}{' '}
        <small class="soft">
          <bdi class="ltr">{name}</bdi>
        </small>
        <small class="open-card-at soft">{words.t('cards.at', at)}</small>
        <small class="open-card-state">{words.t(`cards.state.${state}`)}</small>
      </span>
      <Money amountMinor={isApproved ? payment.approvedMinor : payment.amountMinor} currency={currency} />
      <CardActions payment={payment} isDeciding={isDeciding} onDecide={() => setDeciding(!isDeciding)} />
      {isDeciding && <Decide payment={payment} onDone={() => setDeciding(false)} />}
    </li>
  );
}

function CardActions(props: {
  readonly payment: CardPayment;
  readonly isDeciding: boolean;
  readonly onDecide: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const { attemptId, terminalId, state } = props.payment;
  const terminal = pos.terminals.value.find(({ id }) => id === terminalId) ?? pos.terminals.value[0];
  const run = async (ask: () => Promise<Outcome<CardTold>>) => {
    setBusy(true);
    tell(pos, await ask());
    setBusy(false);
  };
  if (state === 'awaiting-card' || state === 'reversal-pending' || terminal === undefined) return <span />;
  if (state === 'approved') {
    return (
      <div class="button-row">
        <Button
          testId="card-reverse"
          icon={Undo2}
          isDisabled={isBusy}
          onPress={() => void run(() => pos.workstation.reverseCard({ attemptId, terminal }))}
        >
          {words.t('cards.reverse')}
        </Button>
      </div>
    );
  }
  return (
    <div class="button-row">
      {terminal.driver !== 'standalone' && (
        <Button
          testId="card-ask"
          icon={RefreshCw}
          isDisabled={isBusy}
          onPress={() => void run(() => pos.workstation.askTerminal({ attemptId, terminal }))}
        >
          {words.t('cards.ask')}
        </Button>
      )}
      <Button testId="card-decide" isPressed={props.isDeciding} isDisabled={isBusy} onPress={props.onDecide}>
        {words.t('cards.decide')}
      </Button>
    </div>
  );
}

function Decide(props: { readonly payment: CardPayment; readonly onDone: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [reasonCode, setReason] = useState('');
  const [code, setCode] = useState('');
  const [lastDigits, setLastDigits] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { attemptId, state } = props.payment;
  const isReversal = state === 'reversal-unknown';
  const say = (outcome: 'approved' | 'declined') => {
    const slip = readSlip(code, lastDigits);
    if (!slip.ok) {
      pos.sounds.bad();
      setCode('');
      setProblem(refusalText(words, slip, null));
      return Promise.resolve();
    }
    return decide(pos, {
      subject: tillSubjects.decideCard(attemptId, outcome),
      act: (approval) =>
        pos.workstation.decideCard({
          attemptId: props.payment.attemptId,
          outcome,
          reasonCode: reasonCode.trim(),
          ...(outcome === 'approved' && { card: slip.value }),
          ...(approval !== undefined && { approval }),
        }),
      onDone: props.onDone,
    });
  };
  const isNamed = reasonCode.trim() !== '';
  return (
    <div class="open-card-decide" data-testid="card-decision" data-attempt={attemptOf(props.payment)}>
      <ReasonChoice action="decide-card" value={reasonCode} onChoose={setReason} />
      {!isReversal && (
        <div class="slip-entry">
          <Field
            testId="slip-code"
            label={words.t('cards.slip-code')}
            value={code}
            maxLength={CODE_MAX}
            direction="ltr"
            onInput={(text) => {
              setCode(text);
              setProblem(null);
            }}
            {...(problem !== null && { problem })}
          />
          <Field
            testId="slip-digits"
            label={words.t('cards.slip-digits')}
            value={lastDigits}
            maxLength={4}
            inputMode="numeric"
            direction="ltr"
            onInput={setLastDigits}
          />
        </div>
      )}
      <div class="button-row">
        <Button testId="card-was-approved" isDisabled={!isNamed} onPress={() => void say('approved')}>
          {words.t(isReversal ? 'cards.was-reversed' : 'cards.was-charged')}
        </Button>
        <Button testId="card-was-declined" isDisabled={!isNamed} onPress={() => void say('declined')}>
          {words.t(isReversal ? 'cards.was-not-reversed' : 'cards.was-not-charged')}
        </Button>
      </div>
    </div>
  );
}

/** What stands on the slip, as far as somebody typed it; nothing is no refusal. */
function readSlip(code: string, lastDigits: string): Outcome<AnsweredCard> {
  const digits = LAST_DIGITS.test(lastDigits) ? { lastDigits } : {};
  if (code.trim() === '') return accept(digits);
  const checked = authorisationCode(code);
  return checked.ok ? accept({ authorisationCode: checked.value, ...digits }) : checked;
}

/** What came of asking, in one sentence. */
function tell(pos: PosContext, told: Outcome<CardTold>): void {
  if (!pos.report(told) || !told.ok) return;
  const { outcome } = told.value;
  pos.say(outcome === 'unknown' ? 'warning' : 'good', pos.speech.value.t(`cards.told.${outcome}`));
}
