// The small print of a cart line: the rule that gave its price, what was taken off and why, serial numbers, and what is
// still missing before it can be paid.

import { BadgePercent, CalendarClock, TriangleAlert } from 'lucide';
import type { JSX } from 'preact';
import type { CaptureNeed } from '../../../shared/domain/capture-line.ts';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { multiplyByQuantity } from '../../../shared/domain/money.ts';
import type { AppliedModifier } from '../../../shared/domain/transaction.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { captureTexts, modifierText, needText } from './line-words.ts';

/** Where the price of today is another than the one that was promised, the cashier sees both. */
function PriceNow(props: {
  readonly line: CartLine;
  readonly heldMinor: number;
  readonly currency: string;
}): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { line, heldMinor, currency } = props;
  const item = workstation.item(line.itemId);
  const nowMinor =
    item === null
      ? heldMinor
      : multiplyByQuantity(workstation.priceOf(item, line.quantityMilli).priceMinor, line.quantityMilli);
  return (
    <span class="line-captured" data-testid={`line-${line.lineNumber}-held`} data-now-minor={nowMinor}>
      {words.t('modifier.held-price', { number: line.heldPrice?.orderNumber ?? '' })}
      {nowMinor !== heldMinor &&
        ` · ${words.t('order.price-now', { price: words.money(nowMinor, currency) })}`}
    </span>
  );
}

export function LineStory(props: {
  readonly line: CartLine;
  readonly modifiers: readonly AppliedModifier[];
  readonly need: CaptureNeed | null;
  readonly isReserved: boolean;
  readonly currency: string;
}): JSX.Element | null {
  const words = useWords();
  const { line, modifiers, need, isReserved, currency } = props;
  const captured = captureTexts(words, line);
  const isQuiet =
    line.heldPrice === undefined &&
    line.priceRule === undefined &&
    captured.length === 0 &&
    modifiers.length === 0 &&
    need === null &&
    !isReserved;
  if (isQuiet) return null;
  const id = `line-${line.lineNumber}`;
  return (
    <span class="line-story">
      {line.priceRule !== undefined && (
        <span class="line-rule" data-testid={`${id}-rule`}>
          <Icon of={BadgePercent} />
          <bdi>{line.priceRule.name}</bdi>
        </span>
      )}
      {line.heldPrice !== undefined && (
        <PriceNow line={line} heldMinor={line.heldPrice.priceMinor} currency={currency} />
      )}
      {modifiers.map((modifier, place) => (
        <span
          key={place}
          class="line-modifier"
          data-testid={`${id}-modifier-${place}`}
          data-kind={modifier.kind}
        >
          <bdi>{modifierText(words, modifier)}</bdi>
          <Money amountMinor={modifier.amountMinor} currency={currency} />
        </span>
      ))}
      {captured.map((text) => (
        <span key={text} class="line-captured">
          {text}
        </span>
      ))}
      {isReserved && (
        <span class="line-need" data-testid={`${id}-reserved`}>
          <Icon of={CalendarClock} />
          {words.t('reserved.line')}
        </span>
      )}
      {need !== null && (
        <span class="line-need" data-testid={`${id}-need`} data-kind={need.kind}>
          <Icon of={TriangleAlert} />
          {needText(words, need)}
        </span>
      )}
    </span>
  );
}
