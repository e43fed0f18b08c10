// The questions that selling may raise: a code nobody knows, a code of two items, how much, a note, a cart to be
// given up. One at a time; Escape and the next scan take it away.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CartLine } from '../../../shared/domain/cart.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { NO_QUESTION, resetSellState, type SellQuestion } from '../../shell/sell-state.ts';
import { priceItem, takeItem } from '../../shell/take-code.ts';
import { takeOut } from '../../shell/take-out.ts';
import { lazily } from '../../shell/lazily.tsx';
import { ReasonChoice } from '../../shell/reason-choice.tsx';
import { ItemPicture } from './item-picture.tsx';
import { NoteQuestion } from './note-question.tsx';
import { QuantityQuestion } from './quantity-question.tsx';

const OpenPriceQuestion = lazily(async () => (await import('./open-price-question.tsx')).OpenPriceQuestion);
const ScaleQuestion = lazily(async () => (await import('./scale-question.tsx')).ScaleQuestion);
const VariantMatrix = lazily(async () => (await import('./variant-matrix.tsx')).VariantMatrix);
const WhyQuestion = lazily(async () => (await import('./why-question.tsx')).WhyQuestion);
const ExpiredQuestion = lazily(async () => (await import('./expired-question.tsx')).ExpiredQuestion);
const ElsewhereQuestion = lazily(async () => (await import('./elsewhere-question.tsx')).ElsewhereQuestion);
const ReservedQuestion = lazily(async () => (await import('./reserved-question.tsx')).ReservedQuestion);
const CartDifferences = lazily(async () => (await import('./passport-questions.tsx')).CartDifferences);
const GivePassport = lazily(async () => (await import('./passport-questions.tsx')).GivePassport);
const CartQuestions = lazily(async () => (await import('./cart-questions.tsx')).CartQuestions);

export function SellQuestions(): JSX.Element | null {
  const pos = usePos();
  const question = pos.sell.question.value;
  const close = () => {
    pos.sell.question.value = NO_QUESTION;
  };
  switch (question.kind) {
    case 'none':
      return null;
    case 'unknown-code':
      return <UnknownCode question={question} onClose={close} />;
    case 'ambiguous-code':
      return <AmbiguousCode code={question.code} items={question.items} onClose={close} />;
    case 'item-quantity':
      return <ItemQuantity key={question.item.id} question={question} onClose={close} />;
    case 'elsewhere':
      return (
        <ElsewhereQuestion item={question.item} quantityMilli={question.quantityMilli} onClose={close} />
      );
    case 'passport-taken':
      return <CartDifferences taken={question.taken} from={question.from} onClose={close} />;
    case 'give-passport':
      return <GivePassport onClose={close} />;
    case 'reserved':
      return <ReservedQuestion onClose={close} />;
    case 'expired':
      return <ExpiredQuestion question={question} onClose={close} />;
    case 'variants':
      return <VariantMatrix key={question.item.id} item={question.item} onClose={close} />;
    case 'open-price':
      return <OpenPriceQuestion question={question} onClose={close} />;
    case 'line-quantity':
      return <LineQuantity line={question.line} onClose={close} />;
    case 'note':
      return <NoteQuestion line={question.line} onClose={close} />;
    case 'clear-cart':
      return <ClearCart onClose={close} />;
    case 'why-taken-out':
      return <WhyQuestion question={question} onClose={close} />;
    case 'line':
    case 'override-price':
    case 'discount-line':
    case 'cart':
    case 'discount-cart':
    case 'exempt-cart':
    case 'coupon':
    case 'customer':
    case 'cart-note':
    case 'offers':
    case 'capture':
      return <CartQuestions question={question} onClose={close} />;
  }
}

/** By weight the scale is read where there is one; typing a weight is chosen, and never happens by itself. */
function ItemQuantity(props: {
  readonly question: Extract<SellQuestion, { kind: 'item-quantity' }>;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const { item, adding } = props.question;
  const [isTyped, setTyped] = useState(false);
  const scale = pos.scale.value;
  const take = (quantityMilli: number, tareMilli: number | null) =>
    priceItem(pos, item, { ...adding, quantityMilli, ...(tareMilli !== null && { tareMilli }) });
  if (item.unit === 'kilogram' && scale !== null && !isTyped) {
    return (
      <ScaleQuestion
        item={item}
        scale={scale}
        onAnswer={take}
        onType={() => setTyped(true)}
        onClose={props.onClose}
      />
    );
  }
  return (
    <QuantityQuestion
      name={item.name}
      unit={item.unit}
      onClose={props.onClose}
      {...(item.tareMilli !== undefined && { tareMilli: item.tareMilli })}
      onAnswer={take}
    />
  );
}

function LineQuantity(props: { readonly line: CartLine; readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const { line } = props;
  return (
    <QuantityQuestion
      name={line.name}
      unit={line.unit}
      beforeMilli={line.quantityMilli}
      onClose={props.onClose}
      onAnswer={(quantityMilli) => {
        props.onClose();
        takeOut(pos, (why) => pos.workstation.changeQuantity(line.lineNumber, quantityMilli, why));
      }}
    />
  );
}

function UnknownCode(props: {
  readonly question: Extract<SellQuestion, { kind: 'unknown-code' }>;
  readonly onClose: () => void;
}): JSX.Element {
  const words = useWords();
  const pos = usePos();
  const { code, reason } = props.question;
  return (
    <Dialog
      testId="unknown-code"
      role="alertdialog"
      title={words.t(`code.${reason}`)}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <>
          <Button
            testId="unknown-code-search"
            onPress={() => {
              props.onClose();
              pos.sell.query.value = code;
            }}
          >
            {words.t('code.search')}
          </Button>
          <Button testId="unknown-code-ok" look="primary" hasFocusFirst onPress={props.onClose}>
            {words.t('common.ok')}
          </Button>
        </>
      }
    >
      <p>{words.t(`code.${reason}-more`)}</p>
      <p class="scanned-code">
        <bdi class="ltr" data-testid="unknown-code-value">
          {code}
        </bdi>
      </p>
    </Dialog>
  );
}

function AmbiguousCode(props: {
  readonly code: string;
  readonly items: readonly Item[];
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <Dialog
      testId="ambiguous-code"
      title={words.t('code.ambiguous')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
    >
      <p>{words.t('code.ambiguous-more')}</p>
      <ul class="choices">
        {props.items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              class="hit"
              data-testid={`choose-${item.sku}`}
              onClick={() => {
                props.onClose();
                takeItem(pos, item, props.code);
              }}
            >
              <ItemPicture item={item} />
              <span class="hit-words">
                <strong>{textIn(item.name, words.language)}</strong>
                <small>
                  <bdi class="ltr">{item.sku}</bdi>
                </small>
              </span>
              <span class="hit-price">
                <Money amountMinor={item.priceMinor} currency={currency} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function ClearCart({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [reasonCode, setReason] = useState('');
  const { workstation } = pos;
  const isAsked = workstation.settings.value?.store.reasonsAskedFor?.includes('cancel-cart') === true;
  const reason = reasonCode.trim();
  return (
    <Dialog
      testId="clear-cart"
      role="alertdialog"
      title={words.t('sell.clear-title')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button testId="clear-cart-keep" hasFocusFirst onPress={onClose}>
            {words.t('sell.clear-keep')}
          </Button>
          <Button
            testId="clear-cart-confirm"
            look="danger"
            isDisabled={isAsked && reason === ''}
            onPress={() => {
              const why = reason === '' ? {} : { reasonCode: reason };
              if (pos.report(workstation.clearCart(why))) resetSellState(pos.sell);
            }}
          >
            {words.t('sell.clear-confirm')}
          </Button>
        </>
      }
    >
      <p>{words.t('sell.clear-more')}</p>
      {isAsked && <ReasonChoice action="cancel-cart" value={reasonCode} onChoose={setReason} />}
    </Dialog>
  );
}
