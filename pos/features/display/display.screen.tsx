// What the customer sees: a quiet picture while nobody buys, then every line as it is rung up, what an offer saved, the sum as
// large as it can be, and at the end the change and the receipt's code.

import type { ReadonlySignal } from '@preact/signals';
import { BadgePercent, CircleCheck, GraduationCap } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DisplayContent, DisplayLine } from '../../../shared/domain/display-content.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { QrCode } from '../../../shared/ui/qr-code.tsx';
import { useSpeech } from '../../../shared/ui/speech-context.tsx';
import type { PosKey } from '../../shell/message-keys.ts';
import type { DisplayPairing } from './follow-server.ts';
import { IdlePicture } from './idle-picture.tsx';
import { PairForm } from './pair-form.tsx';

export function DisplayScreen(props: {
  readonly content: ReadonlySignal<DisplayContent | null>;
  readonly pairing: DisplayPairing;
}): JSX.Element {
  const words = useSpeech<PosKey>();
  const content = props.content.value;
  const state = content?.state ?? 'idle';
  return (
    <main class="display" data-testid="display-screen" data-state={state}>
      {content?.isTraining === true && (
        <p class="display-training" data-testid="display-training">
          <Icon of={GraduationCap} />
          {words.t('receipt.training')}
        </p>
      )}
      {content === null || state === 'idle' ? (
        <section class="display-idle">
          <IdlePicture />
          <h1>{content?.storeName ?? words.t('app.name')}</h1>
          <p>{words.t('display.welcome')}</p>
          {content === null && !props.pairing.isPaired.value && <PairForm pairing={props.pairing} />}
        </section>
      ) : (
        <Buying content={content} />
      )}
    </main>
  );
}

function Buying({ content }: { readonly content: DisplayContent }): JSX.Element {
  return (
    <>
      <DisplayLines content={content} />
      {content.state === 'finished' ? <Finished content={content} /> : <Sum content={content} />}
    </>
  );
}

function DisplayLines({ content }: { readonly content: DisplayContent }): JSX.Element {
  const words = useSpeech<PosKey>();
  const end = useRef<HTMLDivElement>(null);
  const { lines, moreLines, currency } = content;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [lines.length]);
  return (
    <section class="display-goods" aria-label={words.t('display.goods')}>
      <header>
        <strong>{content.storeName}</strong>
        <span>{words.t('suspended.lines', { count: lines.length + moreLines })}</span>
      </header>
      <ol data-testid="display-lines">
        {lines.map((line, place) => (
          <DisplayLineRow key={place} line={line} currency={currency} isNewest={place === lines.length - 1} />
        ))}
      </ol>
      <div ref={end} />
    </section>
  );
}

function DisplayLineRow(props: {
  readonly line: DisplayLine;
  readonly currency: string;
  readonly isNewest: boolean;
}): JSX.Element {
  const { line, currency, isNewest } = props;
  return (
    <li data-newest={isNewest}>
      <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
      <span class="display-name">
        <bdi>{line.name}</bdi>
        {line.offers.map((offer) => (
          <small key={offer} class="display-offer">
            <Icon of={BadgePercent} />
            <bdi>{offer}</bdi>
          </small>
        ))}
      </span>
      <span class="display-price">
        {line.totalMinor < line.shelfMinor && (
          <s>
            <Money amountMinor={line.shelfMinor} currency={currency} />
          </s>
        )}
        <Money amountMinor={line.totalMinor} currency={currency} />
      </span>
    </li>
  );
}

function Savings({ content }: { readonly content: DisplayContent }): JSX.Element | null {
  const words = useSpeech<PosKey>();
  if (content.savingsMinor <= 0) return null;
  return (
    <p class="display-savings">
      <Icon of={BadgePercent} />
      {words.t('totals.savings')}
      <Money testId="display-savings" amountMinor={content.savingsMinor} currency={content.currency} />
    </p>
  );
}

function Sum({ content }: { readonly content: DisplayContent }): JSX.Element {
  const words = useSpeech<PosKey>();
  return (
    <section class="display-sum" aria-live="polite">
      <p>{words.t(content.state === 'pay' ? 'display.to-pay' : 'display.total')}</p>
      <Money
        class="display-amount"
        testId="display-total"
        amountMinor={content.totalMinor}
        currency={content.currency}
      />
      <Savings content={content} />
    </section>
  );
}

function Finished({ content }: { readonly content: DisplayContent }): JSX.Element {
  const words = useSpeech<PosKey>();
  const { changeMinor, receiptNumber, currency, totalMinor } = content;
  return (
    <section class="display-sum" data-finished="true" aria-live="polite">
      <p class="display-thanks">
        <Icon of={CircleCheck} />
        {words.t('display.thanks')}
      </p>
      {changeMinor !== null && changeMinor > 0 && (
        <>
          <p>{words.t('display.change')}</p>
          <Money
            class="display-amount"
            testId="display-change"
            amountMinor={changeMinor}
            currency={currency}
          />
        </>
      )}
      <p>
        {words.t('display.paid')} <Money testId="display-paid" amountMinor={totalMinor} currency={currency} />
      </p>
      <Savings content={content} />
      {receiptNumber !== null && (
        <figure class="display-receipt">
          <QrCode text={receiptNumber} label={words.t('display.receipt')} />
          <figcaption>
            {words.t('display.receipt')}
            <bdi class="ltr">{receiptNumber}</bdi>
          </figcaption>
        </figure>
      )}
    </section>
  );
}
