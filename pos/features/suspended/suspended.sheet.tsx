// The carts of the store that wait: whose, since when, what they come to. One tap takes one up, on whichever till.

import { Inbox, Play, Printer } from 'lucide';
import type { JSX } from 'preact';
import type { Cart } from '../../../shared/domain/cart.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { resumeSuspended } from '../../shell/resume-suspended.ts';
import { suspendSlip } from './suspend-slip.ts';

export function SuspendedSheet(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const carts = pos.workstation.suspendedCarts.value;
  return (
    <Dialog
      testId="suspended"
      kind="sheet"
      title={words.t('suspended.title')}
      closeLabel={words.t('common.close')}
      onClose={() => {
        pos.overlay.value = 'none';
      }}
    >
      {carts.length === 0 ? (
        <div class="nothing" data-testid="suspended-empty">
          <Icon of={Inbox} />
          <p>{words.t('suspended.none')}</p>
        </div>
      ) : (
        <div class="suspended-carts">
          {pos.workstation.cart.value !== null && (
            <p class="banner" data-tone="warning">
              {words.t('suspended.cart-open')}
            </p>
          )}
          <ul class="suspended-list">
            {carts.map((cart) => (
              <SuspendedRow key={cart.id} cart={cart} />
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

function SuspendedRow({ cart }: { readonly cart: Cart }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const { suspended } = cart;
  if (suspended === undefined) return null;
  const { code, label, at, operatorId, workstationNumber, totalMinor } = suspended;
  const name = workstation.operators.value.find((one) => one.id === operatorId)?.name ?? '';
  const age = words.ago(Math.max(0, pos.now.value - Date.parse(at)));
  const printSlip = () => {
    const settings = workstation.settings.value;
    const slip = settings === null ? null : suspendSlip(cart, settings, words);
    if (slip !== null) void pos.printReport(slip);
  };
  return (
    <li class="suspended-row card" data-testid={`suspended-${code}`}>
      <span class="hit-words">
        <strong>
          <bdi>{label ?? code}</bdi>
        </strong>
        <small>{words.t('suspended.by', { name, number: workstationNumber, age })}</small>
        <small>
          {words.t('suspended.lines', { count: cart.lines.length })}
          {label !== undefined && (
            <>
              {' · '}
              <bdi class="ltr">{code}</bdi>
            </>
          )}
        </small>
        {cart.isTraining === true && (
          <Badge tone="warning">
            <span>{words.t('suspended.training')}</span>
          </Badge>
        )}
      </span>
      <Money class="suspended-total" amountMinor={totalMinor} currency={cart.currency} />
      <span class="suspended-actions">
        <IconButton
          testId={`suspended-${code}-slip`}
          icon={Printer}
          label={words.t('suspended.slip')}
          onPress={printSlip}
        />
        <Button
          testId={`suspended-${code}-resume`}
          look="primary"
          icon={Play}
          iconMirrors
          isDisabled={workstation.cart.value !== null}
          onPress={() => void resumeSuspended(pos, cart)}
        >
          {words.t('suspended.resume')}
        </Button>
      </span>
    </li>
  );
}
