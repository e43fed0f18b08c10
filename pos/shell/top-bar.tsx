// The head of every screen after sign-on: where we are, how things stand, who sells, and the ways to the rest.

import { Banknote, ClipboardList, CircleHelp, LogOut, ReceiptText, Settings, ShoppingBag } from 'lucide';
import type { JSX } from 'preact';
import { IconButton } from '../../shared/ui/button.tsx';
import { Logo } from '../../shared/ui/logo.tsx';
import { AttentionButton } from './attention-button.tsx';
import { usePos, useWords } from './pos-context.ts';
import { StatusBar } from './status-bar.tsx';

export function TopBar(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const store = workstation.settings.value?.store;
  const operator = workstation.operator.value;
  const number = workstation.identity.value?.workstationNumber;
  return (
    <header class="top-bar" data-testid="top-bar">
      <Logo size="small" />
      <div class="top-names">
        <strong>{store?.name ?? words.t('app.name')}</strong>
        <small>
          {number !== undefined && words.t('top.workstation', { number })}
          {operator !== null && (
            <>
              {' · '}
              <bdi data-testid="operator-name">{operator.name}</bdi>
            </>
          )}
        </small>
      </div>
      <StatusBar />
      <div class="top-actions">
        <AttentionButton />
        <IconButton
          testId="open-transactions"
          icon={ReceiptText}
          label={words.t('top.transactions')}
          shortcut="F8"
          isDisabled={operator === null || pos.view.value.kind === 'pay'}
          isPressed={pos.view.value.kind === 'transactions'}
          onPress={() => {
            pos.view.value = { kind: pos.view.value.kind === 'transactions' ? 'sell' : 'transactions' };
          }}
        />
        <ChannelOrdersButton isDisabled={operator === null || pos.view.value.kind === 'pay'} />
        <IconButton
          testId="open-orders"
          class="not-narrow"
          icon={ClipboardList}
          label={words.t('top.orders')}
          isDisabled={operator === null || pos.view.value.kind === 'pay'}
          isPressed={pos.view.value.kind === 'orders'}
          onPress={() => {
            pos.view.value =
              pos.view.value.kind === 'orders' ? { kind: 'sell' } : { kind: 'orders', orderId: null };
          }}
        />
        <IconButton
          testId="open-till"
          icon={Banknote}
          label={words.t('top.till')}
          isDisabled={operator === null || pos.view.value.kind === 'pay'}
          onPress={() => {
            pos.overlay.value = 'till';
          }}
        />
        <IconButton
          testId="open-shortcuts"
          class="not-narrow"
          icon={CircleHelp}
          label={words.t('top.shortcuts')}
          shortcut="F1"
          onPress={() => {
            pos.overlay.value = 'shortcuts';
          }}
        />
        <IconButton
          testId="open-settings"
          icon={Settings}
          label={words.t('top.settings')}
          shortcut="F10"
          onPress={() => {
            pos.overlay.value = 'settings';
          }}
        />
        {operator !== null && (
          <IconButton
            testId="switch-operator"
            icon={LogOut}
            iconMirrors
            label={words.t('top.switch-operator')}
            onPress={() => void workstation.signOff('switched').then(pos.report)}
          />
        )}
      </div>
    </header>
  );
}

/** The way to the orders of channels, with how many nobody has looked at. */
function ChannelOrdersButton({ isDisabled }: { readonly isDisabled: boolean }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const fresh = pos.workstation.channelOrders.value.filter(({ order }) => order.state === 'placed').length;
  const isOpen = pos.view.value.kind === 'channel-orders';
  return (
    <span class="with-badge" data-testid="channel-badge" data-count={fresh}>
      <IconButton
        testId="open-channel-orders"
        icon={ShoppingBag}
        label={
          fresh === 0
            ? words.t('top.channel-orders')
            : `${words.t('top.channel-orders')}: ${words.t('top.channel-new', { count: fresh })}`
        }
        isDisabled={isDisabled}
        isPressed={isOpen}
        onPress={() => {
          pos.view.value = isOpen ? { kind: 'sell' } : { kind: 'channel-orders', orderId: null };
        }}
      />
      {fresh > 0 && (
        <span class="badge-count" aria-hidden="true">
          {words.number(fresh)}
        </span>
      )}
    </span>
  );
}
