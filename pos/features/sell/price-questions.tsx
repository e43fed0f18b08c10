// Another price for a line, and discounts on a line or the whole cart, by rate or by amount. Who may not is helped by a
// manager on the spot.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import type { Approval, ApprovalSubject } from '../../../shared/domain/approval.ts';
import { cartSubjects } from '../../../shared/domain/approval.ts';
import type { CartLine, DiscountSize } from '../../../shared/domain/cart.ts';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { discountAskedPpm } from '../../../shared/domain/discount-authority.ts';
import { sumAmounts } from '../../../shared/domain/money.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import type { Outcome } from '../../../shared/domain/refusal.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { DecisionDialog } from './decision-dialog.tsx';

/** Percents are typed with two decimals; a hundredth of a percent is so many parts per million. */
const PPM_PER_HUNDREDTH_PERCENT = 100;
const PERCENT_DECIMALS = 2;

export function OverridePrice(props: {
  readonly view: CartView;
  readonly line: CartLine;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { line, view, onClose } = props;
  const { currency, id } = view.cart;
  return (
    <DecisionDialog
      testId="override-price"
      title={words.t('override.title', { name: textIn(line.name, words.language) })}
      reasonFor="override-price"
      decimals={currencyOf(currency).digits}
      spoken={(value) => words.money(value, currency)}
      confirm={words.t('override.take')}
      onClose={onClose}
      onDecide={(unitPriceMinor, reasonCode) =>
        void decide(pos, {
          subject: cartSubjects.overridePrice(id, line.lineNumber, unitPriceMinor),
          limit: {
            name: 'maxDiscountPpm',
            asked: discountAskedPpm(line.unitPriceMinor - unitPriceMinor, line.unitPriceMinor),
          },
          act: (approval) =>
            pos.workstation.overridePrice(line.lineNumber, unitPriceMinor, {
              reasonCode,
              ...(approval !== undefined && { approval }),
            }),
          onDone: onClose,
        })
      }
    >
      <p class="soft">
        {words.t('override.shelf')} <Money amountMinor={line.unitPriceMinor} currency={currency} />
      </p>
    </DecisionDialog>
  );
}

export function DiscountLine(props: {
  readonly view: CartView;
  readonly line: CartLine;
  readonly onClose: () => void;
}): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { line, view } = props;
  return (
    <Discount
      testId="discount-line"
      title={words.t('discount.title-line', { name: textIn(line.name, words.language) })}
      currency={view.cart.currency}
      priceMinor={priceOfLines(view, ({ lineNumber }) => lineNumber === line.lineNumber)}
      subjectOf={(size) => cartSubjects.discountLine(view.cart.id, line.lineNumber, size)}
      give={(size, action) => workstation.discountLine(line.lineNumber, size, action)}
      onClose={props.onClose}
    />
  );
}

export function DiscountCart(props: { readonly view: CartView; readonly onClose: () => void }): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { cart } = props.view;
  return (
    <Discount
      testId="discount-cart"
      title={words.t('discount.title-cart')}
      currency={cart.currency}
      priceMinor={priceOfLines(props.view, ({ direction }) => direction === 'sale')}
      subjectOf={(size) => cartSubjects.discountCart(cart.id, size)}
      give={(size, action) => workstation.discountCart(size, action)}
      onClose={props.onClose}
    />
  );
}

function Discount(props: {
  readonly testId: string;
  readonly title: string;
  readonly currency: string;
  /** Of what the discount is taken from. */
  readonly priceMinor: number;
  readonly subjectOf: (size: DiscountSize) => ApprovalSubject;
  readonly give: (
    size: DiscountSize,
    action: { readonly reasonCode: string; readonly approval?: Approval },
  ) => Outcome<null>;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { currency, onClose } = props;
  const [by, setBy] = useState<'percent' | 'amount'>('percent');
  const isPercent = by === 'percent';
  const sizeOf = (value: number): DiscountSize =>
    isPercent ? { ratePpm: value * PPM_PER_HUNDREDTH_PERCENT } : { amountMinor: value };
  return (
    <DecisionDialog
      testId={props.testId}
      title={props.title}
      reasonFor="discount"
      decimals={isPercent ? PERCENT_DECIMALS : currencyOf(currency).digits}
      spoken={(value) =>
        isPercent ? words.percent(value * PPM_PER_HUNDREDTH_PERCENT) : words.money(value, currency)
      }
      confirm={words.t('discount.take')}
      onClose={onClose}
      onDecide={(value, reasonCode) => {
        const size = sizeOf(value);
        void decide(pos, {
          subject: props.subjectOf(size),
          limit: {
            name: 'maxDiscountPpm',
            asked: 'ratePpm' in size ? size.ratePpm : discountAskedPpm(size.amountMinor, props.priceMinor),
          },
          act: (approval) => props.give(size, { reasonCode, ...(approval !== undefined && { approval }) }),
          onDone: onClose,
        });
      }}
    >
      <Segmented
        testId="discount-by"
        label={words.t('discount.by')}
        value={by}
        options={[
          { value: 'percent', label: words.t('discount.percent') },
          { value: 'amount', label: words.t('discount.amount') },
        ]}
        onChoose={setBy}
      />
    </DecisionDialog>
  );
}

/** What these lines cost before anybody decided about it. */
function priceOfLines({ lines }: CartView, isMeant: (line: CartView['lines'][number]) => boolean): number {
  return sumAmounts(lines.filter(isMeant).map(({ extendedMinor }) => Math.abs(extendedMinor)));
}
