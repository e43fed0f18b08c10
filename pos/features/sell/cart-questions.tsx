// The questions about lines and cart that are fetched when one of them is first asked.

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePos } from '../../shell/pos-context.ts';
import type { SellQuestion } from '../../shell/sell-state.ts';
import { CaptureQuestion } from './capture-question.tsx';
import { CartSheet } from './cart-sheet.tsx';
import { CouponQuestion, ExemptQuestion } from './cart-text-questions.tsx';
import { LineSheet } from './line-sheet.tsx';
import { CartNoteQuestion, CustomerQuestion } from './customer-question.tsx';
import { OffersDialog } from './offers-dialog.tsx';
import { DiscountCart, DiscountLine, OverridePrice } from './price-questions.tsx';

export type CartQuestion = Extract<
  SellQuestion,
  {
    kind:
      | 'line'
      | 'override-price'
      | 'discount-line'
      | 'cart'
      | 'discount-cart'
      | 'exempt-cart'
      | 'coupon'
      | 'customer'
      | 'cart-note'
      | 'offers'
      | 'capture';
  }
>;

export function CartQuestions(props: {
  readonly question: CartQuestion;
  readonly onClose: () => void;
}): JSX.Element | null {
  const pos = usePos();
  const { question, onClose } = props;
  const view = pos.workstation.cart.value;
  const lineAt = (lineNumber: number) => view?.cart.lines.find((line) => line.lineNumber === lineNumber);
  const isAboutNothing =
    view === null ||
    (question.kind === 'capture' && lineAt(question.need.lineNumber) === undefined) ||
    ('lineNumber' in question && lineAt(question.lineNumber) === undefined);
  useEffect(() => {
    // The line went away while it was asked about.
    if (isAboutNothing) onClose();
  }, [isAboutNothing]);
  if (view === null) return null;
  switch (question.kind) {
    case 'cart':
      return <CartSheet view={view} onClose={onClose} />;
    case 'discount-cart':
      return <DiscountCart view={view} onClose={onClose} />;
    case 'exempt-cart':
      return <ExemptQuestion view={view} onClose={onClose} />;
    case 'coupon':
      return <CouponQuestion onClose={onClose} />;
    case 'customer':
      return <CustomerQuestion view={view} onClose={onClose} />;
    case 'cart-note':
      return <CartNoteQuestion view={view} onClose={onClose} />;
    case 'offers':
      return <OffersDialog view={view} onClose={onClose} />;
    case 'capture': {
      const line = lineAt(question.need.lineNumber);
      return line === undefined ? null : (
        <CaptureQuestion
          key={`${String(question.need.lineNumber)} ${question.need.kind}`}
          question={question}
          line={line}
          onClose={onClose}
        />
      );
    }
    case 'line':
    case 'override-price':
    case 'discount-line': {
      const line = lineAt(question.lineNumber);
      if (line === undefined) return null;
      if (question.kind === 'line') return <LineSheet view={view} line={line} onClose={onClose} />;
      const Question = question.kind === 'override-price' ? OverridePrice : DiscountLine;
      return <Question view={view} line={line} onClose={onClose} />;
    }
  }
}
