// One order: what was agreed, what was paid, what is due when, and what can be done with it now.

import { ArrowLeft, TriangleAlert } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { isOpenOrder, leftToPay, type CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Badge, Banner } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { CancelOrder } from './cancel-order.tsx';
import { OrderActions } from './order-actions.tsx';
import { customerOf, planStanding, standOf } from './order-words.ts';
import { PayOrder } from './pay-order.tsx';

export function OneOrder(props: {
  readonly order: CustomerOrder;
  readonly today: string;
  readonly onBack: () => void;
}): JSX.Element {
  const words = useWords();
  const { order, today } = props;
  const asked = useSignal<'none' | 'pay' | 'cancel'>('none');
  const close = () => {
    asked.value = 'none';
  };
  const stand = standOf(words, order, today);
  return (
    <>
      <header class="panel-head">
        <IconButton
          testId="order-back"
          class="only-narrow"
          icon={ArrowLeft}
          iconMirrors
          label={words.t('orders.back-to-list')}
          onPress={props.onBack}
        />
        <h2>
          <bdi class="ltr" data-testid="order-number">
            {order.number}
          </bdi>
        </h2>
        <Badge tone={stand.tone} testId="order-stand">
          <span>{stand.text}</span>
        </Badge>
      </header>
      <div
        class="order-scroll"
        data-testid="order"
        data-state={order.state}
        data-paid-minor={order.paidMinor}
        data-left-minor={leftToPay(order)}
      >
        {order.problems.map((problem) => (
          <Banner
            key={problem.receiptNumber}
            testId={`order-problem-${problem.kind}`}
            tone="danger"
            icon={TriangleAlert}
          >
            {words.t(`order.problem.${problem.kind}`, {
              number: problem.receiptNumber,
              amount: words.money(problem.amountMinor, order.currency),
            })}
          </Banner>
        ))}
        <OrderFacts order={order} />
        <OrderLines order={order} />
        <OrderPlan order={order} today={today} />
        <OrderMoves order={order} />
      </div>
      <OrderActions
        order={order}
        today={today}
        onPay={() => {
          asked.value = 'pay';
        }}
        onCancel={() => {
          asked.value = 'cancel';
        }}
      />
      {asked.value === 'pay' && (
        <PayOrder order={order} next={planStanding(order, today).next} onClose={close} />
      )}
      {asked.value === 'cancel' && <CancelOrder order={order} today={today} onClose={close} />}
    </>
  );
}

function OrderFacts({ order }: { readonly order: CustomerOrder }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const customer = customerOf(order, pos.workstation.customers.value);
  const row = (label: string, value: JSX.Element | string): JSX.Element => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  const money = (testId: string, amountMinor: number): JSX.Element => (
    <Money testId={testId} amountMinor={amountMinor} currency={order.currency} />
  );
  return (
    <dl class="facts">
      {customer !== null &&
        row(
          words.t('order.customer'),
          <span>
            <bdi>{customer.name}</bdi>
            {customer.phone !== undefined && (
              <>
                {' '}
                <bdi class="ltr soft">{customer.phone}</bdi>
              </>
            )}
          </span>,
        )}
      {row(words.t('order.placed'), words.dateTime(order.placedAt))}
      {order.validUntil !== undefined && row(words.t('order.valid-until'), words.date(order.validUntil))}
      {order.quotation !== undefined &&
        row(words.t('order.quotation'), <bdi class="ltr">{order.quotation.orderNumber}</bdi>)}
      {order.wantedOn !== undefined && row(words.t('order.wanted-on'), words.date(order.wantedOn))}
      {row(words.t('order.total'), money('order-total', order.totals.grossMinor))}
      {order.kind !== 'quotation' && row(words.t('order.paid'), money('order-paid', order.paidMinor))}
      {order.kind !== 'quotation' && row(words.t('order.left'), money('order-left', leftToPay(order)))}
      {order.forfeitedMinor > 0 &&
        row(words.t('order.forfeited'), money('order-forfeited', order.forfeitedMinor))}
    </dl>
  );
}

function OrderLines({ order }: { readonly order: CustomerOrder }): JSX.Element {
  const words = useWords();
  return (
    <section class="order-plan">
      <h3>{words.t('order.goods')}</h3>
      <ol>
        {order.lines.map((line) => (
          <li key={line.lineNumber}>
            <span>{textIn(line.name, words.language)}</span>
            <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
            <Money amountMinor={line.grossMinor} currency={order.currency} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Each part of the plan with what is missing of it; what is paid early counts for the next parts. */
function OrderPlan(props: { readonly order: CustomerOrder; readonly today: string }): JSX.Element | null {
  const words = useWords();
  const { order, today } = props;
  if (order.plan === undefined) return null;
  const covered = { minor: Math.max(0, order.paidMinor) };
  return (
    <section class="order-plan" data-testid="order-plan">
      <h3>{words.t('order.plan')}</h3>
      <ol>
        {order.plan.map(({ dueOn, amountMinor }) => {
          const paidMinor = Math.min(covered.minor, amountMinor);
          covered.minor -= paidMinor;
          const state = paidMinor === amountMinor ? 'paid' : dueOn < today ? 'overdue' : 'open';
          return (
            <li key={dueOn} data-state={isOpenOrder(order) ? state : 'ended'}>
              <span>{words.date(dueOn)}</span>
              {isOpenOrder(order) && (
                <Badge tone={state === 'paid' ? 'good' : state === 'overdue' ? 'warning' : 'plain'}>
                  <span>{words.t(`order.part.${state}`)}</span>
                </Badge>
              )}
              <Money amountMinor={amountMinor} currency={order.currency} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function OrderMoves({ order }: { readonly order: CustomerOrder }): JSX.Element | null {
  const words = useWords();
  if (order.moves.length === 0) return null;
  return (
    <section class="order-plan" data-testid="order-moves">
      <h3>{words.t('order.moves')}</h3>
      <ol>
        {order.moves.map((move, place) => (
          <li key={`${move.at} ${String(place)}`}>
            <span class="hit-words">
              <span>{words.t(`order.move.${move.step}`)}</span>
              <small>
                {words.dateTime(move.at)}
                {move.receiptNumber !== null && (
                  <>
                    {' · '}
                    <bdi class="ltr">{move.receiptNumber}</bdi>
                  </>
                )}
              </small>
            </span>
            {move.amountMinor !== 0 && <Money amountMinor={move.amountMinor} currency={order.currency} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
