// The goods of an order with where they lie, how many are wanted and how many are there. A scan counts one; what has no code is counted by
// hand, what is not there is said, and something else may be offered.

import { CircleCheck, Minus, PackageX, Plus, Repeat2 } from 'lucide';
import type { JSX } from 'preact';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { boughtOf } from '../../../shared/domain/order/collect-order.ts';
import { isLineDone, wantedMilli } from '../../../shared/domain/order/pick-by-scan.ts';
import { CHANNELS, type Order, type OrderLine } from '../../../shared/domain/order/order.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const ONE = 1000;

export function PickList(props: {
  readonly order: Order;
  readonly onSubstitute: (lineNumber: number) => void;
}): JSX.Element {
  const words = useWords();
  const { order } = props;
  const done = order.lines.filter(isLineDone).length;
  return (
    <section class="pick-list" data-testid="pick-list">
      <h2>
        {words.t(order.state === 'picking' ? 'channel.pick' : 'order.goods')}
        {order.state === 'picking' && (
          <span class="soft" data-testid="pick-progress">
            {words.t('channel.pick-progress', { done, all: order.lines.length })}
          </span>
        )}
      </h2>
      {order.state === 'picking' && <p class="soft">{words.t('channel.pick-how')}</p>}
      <ul>
        {order.lines.map((line) => (
          <PickRow
            key={line.lineNumber}
            order={order}
            line={line}
            onSubstitute={() => props.onSubstitute(line.lineNumber)}
          />
        ))}
      </ul>
    </section>
  );
}

function PickRow(props: {
  readonly order: Order;
  readonly line: OrderLine;
  readonly onSubstitute: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, line } = props;
  const { workstation } = pos;
  const bought = boughtOf(line);
  const shelf = workstation.item(bought.itemId)?.shelf;
  const own = workstation.identity.value?.workstationId;
  const isPicking = order.state === 'picking' && (order.holder === own || order.holder === CHANNELS);
  const isAsked = line.substitute?.consent === 'asked';
  const wanted = wantedMilli(line);
  const step = bought.unit === 'piece' ? ONE : wanted;
  const pick = (pickedMilli: number, isShort: boolean) =>
    void workstation
      .moveChannelOrder(order.id, { kind: 'pick', lineNumber: line.lineNumber, pickedMilli, isShort })
      .then(pos.report);
  return (
    <li
      class="pick-row"
      data-testid={`pick-${line.lineNumber}`}
      data-done={order.state === 'picking' && isLineDone(line)}
      data-picked-milli={line.pickedMilli}
      data-wanted-milli={wanted}
    >
      <span class="pick-shelf" data-testid={`pick-${line.lineNumber}-shelf`}>
        {shelf === undefined ? '—' : <bdi class="ltr">{shelf}</bdi>}
      </span>
      <span class="hit-words">
        <strong>{textIn(bought.name, words.language)}</strong>
        <small>
          <bdi class="ltr">{bought.sku}</bdi>
          {' · '}
          <Money amountMinor={bought.unitPriceMinor} currency={order.currency} />
        </small>
        {line.substitute !== null && (
          <small>
            {words.t(`channel.substitute.${line.substitute.consent}`, {
              name: textIn(
                line.substitute.consent === 'given' ? line.name : line.substitute.name,
                words.language,
              ),
            })}
          </small>
        )}
      </span>
      <span class="pick-count">
        {isLineDone(line) && !line.isShort && order.state === 'picking' && <Icon of={CircleCheck} />}
        <span>
          {order.state === 'picking' || line.isShort ? (
            <>
              <Quantity quantityMilli={line.pickedMilli} unit={bought.unit} />
              {' / '}
            </>
          ) : null}
          <Quantity quantityMilli={wanted} unit={bought.unit} />
        </span>
        {line.isShort && (
          <Badge tone="warning">
            <span>{words.t('channel.short')}</span>
          </Badge>
        )}
      </span>
      {isPicking && !isAsked && (
        <span class="pick-buttons">
          <IconButton
            testId={`pick-${line.lineNumber}-less`}
            icon={Minus}
            label={words.t('channel.pick-less')}
            isDisabled={line.pickedMilli === 0}
            onPress={() => pick(Math.max(0, line.pickedMilli - step), false)}
          />
          <IconButton
            testId={`pick-${line.lineNumber}-more`}
            icon={Plus}
            label={words.t('channel.pick-more')}
            isDisabled={line.pickedMilli >= wanted}
            onPress={() => pick(Math.min(wanted, line.pickedMilli + step), false)}
          />
          <Button
            testId={`pick-${line.lineNumber}-short`}
            look="quiet"
            icon={PackageX}
            isDisabled={line.pickedMilli >= wanted || line.isShort}
            onPress={() => pick(line.pickedMilli, true)}
          >
            {words.t('channel.not-there')}
          </Button>
          <Button
            testId={`pick-${line.lineNumber}-substitute`}
            look="quiet"
            icon={Repeat2}
            isDisabled={line.pickedMilli >= wanted}
            onPress={props.onSubstitute}
          >
            {words.t('channel.offer')}
          </Button>
        </span>
      )}
      {isPicking && isAsked && (
        <span class="pick-buttons">
          <Button testId={`pick-${line.lineNumber}-answer`} onPress={props.onSubstitute}>
            {words.t('channel.answer')}
          </Button>
        </span>
      )}
    </li>
  );
}
