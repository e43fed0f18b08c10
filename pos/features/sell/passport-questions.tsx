// Carts between a customer's phone and this till: what is different about one that came, and the code with which one goes.

import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PassportGiven, PassportTaken } from '../../../shared/client/passport-desk.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { QrCode } from '../../../shared/ui/qr-code.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { resetSellState } from '../../shell/sell-state.ts';

const LOOK_EVERY_MS = 2_000;

export function CartDifferences(props: {
  readonly taken: PassportTaken;
  /** Where the customer saw other prices. */
  readonly from: 'phone' | 'quotation';
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { differences, missing } = props.taken;
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <Dialog
      testId="passport-taken"
      role="alertdialog"
      title={words.t('passport.differs')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button testId="passport-taken-ok" look="primary" size="large" hasFocusFirst onPress={props.onClose}>
          {words.t('common.ok')}
        </Button>
      }
    >
      {differences.length > 0 && (
        <>
          <p>{words.t(props.from === 'phone' ? 'passport.prices' : 'quotation.prices')}</p>
          <ul class="passport-rows">
            {differences.map(({ itemId, name, shownMinor, priceMinor }) => (
              <li key={itemId} data-testid={`passport-price-${itemId}`}>
                <bdi>{textIn(name, words.language)}</bdi>
                <span class="passport-prices">
                  <s>
                    <Money amountMinor={shownMinor} currency={currency} />
                  </s>
                  <strong>
                    <Money amountMinor={priceMinor} currency={currency} />
                  </strong>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <>
          <p>{words.t('passport.missing')}</p>
          <ul class="passport-rows">
            {missing.map(({ itemId, name, reason }) => (
              <li key={itemId} data-testid={`passport-missing-${itemId}`} data-reason={reason}>
                <bdi>{name === null ? words.t('passport.unknown-item') : textIn(name, words.language)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

export function GivePassport({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const given = useSignal<PassportGiven | null>(null);
  const isOver = given.value !== null && pos.now.value >= Date.parse(given.value.expiresAt);
  const make = async (): Promise<void> => {
    const outcome = await workstation.givePassport();
    if (pos.report(outcome) && outcome.ok) given.value = outcome.value;
    else onClose();
  };
  useEffect(() => void make(), []);
  useWhenTaken(given.value, async (taken) => {
    if (!pos.report(await workstation.finishGiving(taken))) return;
    resetSellState(pos.sell);
    pos.sounds.good();
    pos.say('good', words.t('passport.with-phone'));
  });
  const keep = async (): Promise<void> => {
    const shown = given.value;
    onClose();
    if (shown === null) return;
    const kept = await workstation.keepPassport(shown.cartId);
    if (!kept.ok) pos.say('warning', words.t('passport.still-good', { time: words.time(shown.expiresAt) }));
  };
  return (
    <Dialog
      testId="give-passport"
      title={words.t('passport.give')}
      closeLabel={words.t('common.close')}
      onClose={() => void keep()}
      actions={
        <Button testId="give-passport-keep" size="large" onPress={() => void keep()}>
          {words.t('passport.keep')}
        </Button>
      }
    >
      {given.value === null ? (
        <p role="status">{words.t('passport.making')}</p>
      ) : isOver ? (
        <div class="passport-code">
          <p role="status">{words.t('passport.over')}</p>
          <Button testId="give-passport-again" look="primary" size="large" onPress={() => void make()}>
            {words.t('passport.again')}
          </Button>
        </div>
      ) : (
        <div class="passport-code">
          <p>{words.t('passport.show')}</p>
          <QrCode text={given.value.address} label={words.t('passport.qr')} />
          <p>
            <bdi class="ltr" data-testid="give-passport-code" data-address={given.value.address}>
              {given.value.code}
            </bdi>
          </p>
          <small>{words.t('passport.until', { time: words.time(given.value.expiresAt) })}</small>
        </div>
      )}
    </Dialog>
  );
}

/** Asks every two seconds whether the phone has the cart, and says so once. */
function useWhenTaken(given: PassportGiven | null, onTaken: (given: PassportGiven) => Promise<void>): void {
  const { workstation } = usePos();
  const newest = useRef(onTaken);
  newest.current = onTaken;
  useEffect(() => {
    if (given === null) return;
    let isAsking = false;
    const timer = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      void workstation.passportPlace(given.cartId).then(async (place) => {
        isAsking = false;
        if (!place.ok || place.value === 'here') return;
        clearInterval(timer);
        await newest.current(given);
      });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [given]);
}
