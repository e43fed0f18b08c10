// Money from cards. The attempt is in the journal before the terminal is asked and its answer after, so nothing that happens
// in between is forgotten: an attempt without an answer is shown as unknown and asked about or decided, never tried again.
//
//   pay: journal 'card-attempted' ──► terminal ──► journal 'card-answered' (approved, declined, unknown)
//   unknown: the terminal remembers ─or─ somebody with the permission decides, with a reason ──► 'card-answered'

import { tillSubjects } from '../../domain/approval.ts';
import { keptOfCard } from '../../domain/card-details.ts';
import { attemptOf, takesAnswer, type CardPayment } from '../../domain/card-payment.ts';
import { cashStepOf } from '../../domain/currency.ts';
import type { FactBodies } from '../../domain/fact.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { checkDraft } from '../../domain/settle-tenders.ts';
import type { CardAnswer } from '../../devices/ports.ts';
import type { CollectTenders } from './collect-tenders.ts';
import type { CardCommands } from './pay-commands.ts';
import type { PayDesk } from './pay-desk.ts';
import { viewTenders } from './tender-view.ts';

/** A terminal that says nothing for so long has lost its answer. */
const ANSWER_LIMIT_MS = 120_000;

type Answered = FactBodies['card-answered'];
type Told = Awaited<ReturnType<CardCommands['payByCard']>>;

export function createCardCommands(
  desk: PayDesk,
  collected: CollectTenders['collected'],
): Omit<CardCommands, 'cardPayments'> {
  let isBusy = false;

  /** One question to a terminal at a time; a second tap asks nothing. */
  const alone = async (work: () => Promise<Told>): Promise<Told> => {
    if (isBusy) return refuse('card-in-progress');
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  };

  const writeAnswer = async (body: Answered): Promise<Told> => {
    const written = await desk.append('card-answered', body);
    if (!written.ok) return written;
    const { outcome, approvedMinor } = body;
    return accept({ outcome, approvedMinor, reason: body.reason ?? '' });
  };

  const attempt = async (
    asked: FactBodies['card-attempted'],
    ask: () => Promise<CardAnswer>,
  ): Promise<Told> => {
    const noted = await desk.append('card-attempted', asked);
    if (!noted.ok) return noted;
    return writeAnswer(bodyOf(asked.attemptId, asked.amountMinor, await answerOf(ask)));
  };

  const find = (attemptId: string): CardPayment | null =>
    desk.cards.peek().find((payment) => payment.attemptId === attemptId) ?? null;

  return {
    payByCard: ({ terminal, amountMinor }) =>
      alone(async () => {
        const checked = checkPayment(desk, collected, amountMinor);
        if (!checked.ok) return checked;
        const attemptId = desk.newId();
        const [sizeMinor, { cartId, currency }] = [Math.abs(amountMinor), checked.value];
        const action = amountMinor < 0 ? 'refund' : 'payment';
        const question = { attemptId, amountMinor: sizeMinor, currency };
        return attempt({ ...question, cartId, terminalId: terminal.id, action, ...sessionOf(desk) }, () =>
          action === 'refund' ? terminal.authorizeRefund(question) : terminal.authorizeSales(question),
        );
      }),
    askTerminal: ({ attemptId, terminal }) =>
      alone(async () => {
        const payment = find(attemptId);
        if (payment === null || payment.state === 'approved') return refuse('card-not-open');
        const mine = checkOperator(desk);
        if (!mine.ok) return mine;
        if (payment.terminalId !== terminal.id) {
          return refuse('card-other-terminal', { terminalId: payment.terminalId });
        }
        const asked = attemptOf(payment);
        const answer = await answerOf(() => terminal.retrieveResult(asked));
        if (!takesAnswer(payment, answer.outcome)) {
          return accept({ outcome: 'unknown', approvedMinor: 0, reason: reasonOf(answer) });
        }
        return writeAnswer(bodyOf(asked, Math.abs(payment.amountMinor), answer));
      }),
    decideCard: ({ attemptId, outcome, reasonCode, card, approval }) =>
      alone(async () => {
        const payment = find(attemptId);
        if (payment === null || !takesAnswer(payment, outcome)) return refuse('card-not-open');
        const reason = desk.checkReason(reasonCode);
        if (!reason.ok) return reason;
        const allowed = desk.approvals.check(
          { permission: 'decide-card', subject: tillSubjects.decideCard(attemptId, outcome) },
          approval,
        );
        if (!allowed.ok) return allowed;
        const { approvalId } = allowed.value;
        desk.approvals.use(approvalId);
        const isApproved = outcome === 'approved';
        const told = await writeAnswer({
          attemptId: attemptOf(payment),
          outcome,
          approvedMinor: isApproved ? Math.abs(payment.amountMinor) : 0,
          by: 'operator',
          reasonCode,
          ...(isApproved && card !== undefined ? { card: keptOfCard(card) } : {}),
          ...(approvalId === null ? {} : { approvalId }),
        });
        if (!told.ok) desk.approvals.giveBack(approvalId);
        return told;
      }),
    reverseCard: ({ attemptId, terminal }) =>
      alone(async () => {
        const payment = find(attemptId);
        if (payment === null || payment.state !== 'approved') return refuse('card-not-open');
        const mine = checkOperator(desk);
        if (!mine.ok) return mine;
        const { currency, cartId, approvedMinor } = payment;
        const reversalId = desk.newId();
        const question = { attemptId: reversalId, amountMinor: Math.abs(approvedMinor), currency };
        return attempt(
          {
            ...question,
            cartId,
            terminalId: terminal.id,
            action: 'reversal',
            reverses: attemptId,
            ...sessionOf(desk),
          },
          () => terminal.authorizeVoid({ ...question, reverses: attemptId }),
        );
      }),
  };
}

/** May a card be asked for this much of the open cart now? */
function checkPayment(
  desk: PayDesk,
  collected: CollectTenders['collected'],
  amountMinor: number,
): Outcome<{ readonly cartId: string; readonly currency: string }> {
  const operator = desk.operator();
  const permitted = checkPermission(operator, amountMinor < 0 ? 'return-goods' : 'sell');
  if (!permitted.ok) return permitted;
  const [view, settings] = [desk.cart.peek(), desk.settings.peek()];
  if (view === null) return refuse('cart-empty');
  if (settings === null) return refuse('not-ready');
  // In practice nobody's money is touched.
  if (desk.isTraining()) return refuse('card-not-in-training');
  const { drafts, dueMinor, unresolved } = viewTenders(view, collected.peek(), {
    cards: desk.cards.peek(),
    settings,
  });
  if (unresolved.length > 0) return refuse('card-unresolved');
  const cash = { stepMinor: cashStepOf(settings.store) };
  const card = { attemptId: '', terminalId: '' };
  const fits = checkDraft(dueMinor, drafts, { draft: { kind: 'card', amountMinor, card }, cash });
  if (!fits.ok) return fits;
  return accept({ cartId: view.cart.id, currency: settings.store.currency });
}

const checkOperator = (desk: PayDesk): Outcome<null> => checkPermission(desk.operator(), 'sell');

const sessionOf = (desk: PayDesk): { readonly tillSessionId?: string } => {
  const tillSessionId = desk.tillSessionId();
  return tillSessionId === null ? {} : { tillSessionId };
};

/** The answer, or that there is none: a driver that fails, or says nothing for too long, has said nothing. */
async function answerOf(ask: () => Promise<CardAnswer>): Promise<CardAnswer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<CardAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'unknown', reason: 'no-answer' }), ANSWER_LIMIT_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return { outcome: 'unknown', reason: 'terminal-failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** What is written of an answer. More than was asked for, or nothing at all, cannot be right: then nobody knows. */
function bodyOf(attemptId: string, askedMinor: number, answer: CardAnswer): Answered {
  if (answer.outcome !== 'approved') {
    const { outcome } = answer;
    return { attemptId, outcome, approvedMinor: 0, by: 'terminal', reason: reasonOf(answer) };
  }
  const { approvedMinor } = answer;
  const isPossible = Number.isSafeInteger(approvedMinor) && approvedMinor > 0 && approvedMinor <= askedMinor;
  if (!isPossible) {
    return { attemptId, outcome: 'unknown', approvedMinor: 0, by: 'terminal', reason: 'amount-not-possible' };
  }
  return { attemptId, outcome: 'approved', approvedMinor, by: 'terminal', card: keptOfCard(answer.card) };
}

const reasonOf = (answer: CardAnswer): string =>
  'reason' in answer ? answer.reason.replace(/[^a-z0-9-]/gi, '').slice(0, 40) : '';
