// Decides which screen is shown, from the state of the workstation alone: troubles first, then enrolment, then the
// operator, then what the cashier is doing.

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Toast } from '../../shared/ui/notices.tsx';
import { CheckingScreen } from '../features/boot/checking.screen.tsx';
import { EnrolScreen } from '../features/enrol/enrol.screen.tsx';
import { SellScreen } from '../features/sell/sell.screen.tsx';
import { SignOnScreen } from '../features/sign-on/sign-on.screen.tsx';
import { OpenTillScreen } from '../features/till/open-till.screen.tsx';
import { TroubleScreen } from '../features/trouble/trouble.screen.tsx';
import { isOrderKind } from '../../shared/domain/customer-order.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import { CatalogueProgress } from './catalogue-progress.tsx';
import { fetchFieldReader } from './code-reader.ts';
import { lazily } from './lazily.tsx';
import { Notices } from './notices.tsx';
import { usePos, useWords, type PosContext } from './pos-context.ts';
import { TrainingBand } from './training-band.tsx';
import { useKeys } from './use-keyboard.ts';
import { TopBar } from './top-bar.tsx';

const WaitsForServerScreen = lazily(
  async () => (await import('../features/boot/waits-for-server.screen.tsx')).WaitsForServerScreen,
);
const PayScreen = lazily(async () => (await import('../features/pay/pay.screen.tsx')).PayScreen);
const FinishedScreen = lazily(
  async () => (await import('../features/pay/finished.screen.tsx')).FinishedScreen,
);
const TransactionsScreen = lazily(
  async () => (await import('../features/transactions/transactions.screen.tsx')).TransactionsScreen,
);
const SalesOfTill = lazily(
  async () => (await import('../features/transactions/sales-of-till.tsx')).SalesOfTill,
);
const SettingsSheet = lazily(
  async () => (await import('../features/settings/settings.sheet.tsx')).SettingsSheet,
);
const ShortcutsDialog = lazily(
  async () => (await import('../features/shortcuts/shortcuts.dialog.tsx')).ShortcutsDialog,
);
const TillSheet = lazily(async () => (await import('../features/till/till.sheet.tsx')).TillSheet);
const SuspendQuestion = lazily(
  async () => (await import('../features/suspended/suspend-question.tsx')).SuspendQuestion,
);
const SuspendedSheet = lazily(
  async () => (await import('../features/suspended/suspended.sheet.tsx')).SuspendedSheet,
);
const AttentionScreen = lazily(
  async () => (await import('../features/attention/attention.screen.tsx')).AttentionScreen,
);
const CallCentreScreen = lazily(
  async () => (await import('../features/call-centre/call-centre.screen.tsx')).CallCentreScreen,
);
const OrdersScreen = lazily(
  async () => (await import('../features/customer-orders/orders.screen.tsx')).OrdersScreen,
);
const ChannelOrdersScreen = lazily(
  async () => (await import('../features/channel-orders/board.screen.tsx')).ChannelOrdersScreen,
);
const PlaceOrderDialog = lazily(
  async () => (await import('../features/customer-orders/place-order.dialog.tsx')).PlaceOrderDialog,
);
const TakenCartDialog = lazily(
  async () => (await import('../features/suspended/taken-cart.dialog.tsx')).TakenCartDialog,
);
const CardsSheet = lazily(async () => (await import('../features/cards/cards.sheet.tsx')).CardsSheet);
const CardQuestionDialog = lazily(
  async () => (await import('../features/cards/card-question.dialog.tsx')).CardQuestionDialog,
);
const LabelsDialog = lazily(async () => (await import('../features/labels/labels.dialog.tsx')).LabelsDialog);
const ReceiptLayoutDialog = lazily(
  async () => (await import('../features/receipt-layout/receipt-layout.dialog.tsx')).ReceiptLayoutDialog,
);
const ApprovalDialog = lazily(
  async () => (await import('../features/approval/approval.dialog.tsx')).ApprovalDialog,
);

const DevicesSheet = lazily(async () => (await import('../features/devices/devices.sheet.tsx')).DevicesSheet);
const ShownReceipt = lazily(async () => (await import('./shown-receipt.tsx')).ShownReceipt);

export type RegisterProps = { readonly isDemoServer: () => Promise<boolean> };

/** Fetches what the first sale will need, while the cashier looks at the goods. What fails is tried again when needed. */
export async function fetchForSale(): Promise<void> {
  await Promise.all([PayScreen.fetch(), FinishedScreen.fetch(), fetchFieldReader().catch(() => undefined)]);
}

const FETCH_AFTER_MS = 300;
const REVOKED = { code: 'EN-03', blocksSelling: true, values: {}, actions: ['retry'] } as const;

export function Register(props: RegisterProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  useKeys(({ key, isInField }) => pressGlobalKey(pos, key, isInField));
  const isSignedOn = pos.workstation.operator.value !== null;
  useEffect(() => {
    const timer = isSignedOn ? setTimeout(() => void fetchForSale(), FETCH_AFTER_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isSignedOn]);
  const shown = pos.devices.shown.value;
  const closeOverlay = () => {
    pos.overlay.value = 'none';
  };
  return (
    <div
      class="register"
      data-testid="register"
      data-view={pos.view.value.kind}
      data-training={pos.workstation.till.value?.isTraining === true}
    >
      <Screen {...props} />
      {pos.overlay.value === 'till' && <TillSheet />}
      {pos.overlay.value === 'suspend' && <SuspendQuestion onClose={closeOverlay} />}
      {pos.overlay.value === 'suspended' && <SuspendedSheet />}
      {pos.workstation.takenCart.value !== null && (
        <TakenCartDialog taken={pos.workstation.takenCart.value} />
      )}
      {isOrderKind(pos.overlay.value) && (
        <PlaceOrderDialog key={pos.overlay.value} kind={pos.overlay.value} onClose={closeOverlay} />
      )}
      {pos.overlay.value === 'settings' && <SettingsSheet />}
      {pos.overlay.value === 'shortcuts' && <ShortcutsDialog />}
      {pos.overlay.value === 'cards' && <CardsSheet />}
      {pos.overlay.value === 'labels' && pos.workstation.settings.value !== null && (
        <LabelsDialog settings={pos.workstation.settings.value} onClose={closeOverlay} />
      )}
      {pos.overlay.value === 'receipt-layout' && pos.workstation.settings.value !== null && (
        <ReceiptLayoutDialog settings={pos.workstation.settings.value} onClose={closeOverlay} />
      )}
      {pos.overlay.value === 'devices' && <DevicesSheet />}
      {shown !== null && <ShownReceipt receipt={shown.receipt} onClose={shown.close} />}
      {pos.cardAsked.value !== null && <CardQuestionDialog asked={pos.cardAsked.value} />}
      {pos.approval.value !== null && <ApprovalDialog asked={pos.approval.value} />}
      <Toast
        content={pos.toast.value}
        closeLabel={words.t('common.close')}
        onClose={() => {
          pos.toast.value = null;
        }}
      />
    </div>
  );
}

function Screen(props: RegisterProps): JSX.Element {
  const { workstation } = usePos();
  const status = workstation.status.value;
  const blocking =
    status.troubles.find((trouble) => trouble.blocksSelling) ??
    (status.enrolment === 'revoked' ? REVOKED : undefined);
  if (blocking !== undefined) {
    return (
      <>
        {workstation.settings.value !== null && <TopBar />}
        <TroubleScreen key={blocking.code} trouble={blocking}>
          {blocking.code === 'ST-04' && <SalesOfTill />}
        </TroubleScreen>
      </>
    );
  }
  if (status.enrolment === 'checking') return <CheckingScreen />;
  if (status.enrolment === 'not-enrolled') return <EnrolScreen {...props} />;
  if (workstation.settings.value === null || workstation.operators.value.length === 0) {
    // The journal is open, so that nothing is checked any more.
    const isAlone = status.connection === 'offline' && status.writer === 'this-window';
    return isAlone ? <WaitsForServerScreen /> : <CheckingScreen />;
  }
  if (isOnTelephone(workstation.operator.value)) {
    return (
      <>
        <TopBar />
        <CallCentreScreen />
      </>
    );
  }
  if (workstation.operator.value === null) {
    return (
      <>
        <CatalogueProgress />
        <SignOnScreen />
      </>
    );
  }
  return (
    <>
      <TrainingBand />
      <TopBar />
      <CatalogueProgress />
      <Notices />
      {needsTill(workstation) ? <OpenTillScreen /> : <CurrentView />}
    </>
  );
}

/** Somebody of the call centre sells nothing: all they do stands on one screen. */
const isOnTelephone = (operator: Operator | null): boolean =>
  operator !== null && hasPermission(operator, 'take-calls') && !hasPermission(operator, 'sell');

/** A till whose older entries are not on this device cannot be opened, and sells all the same. */
function needsTill({ till, settings, cart }: PosContext['workstation']): boolean {
  const isClosed = till.value !== null && till.value.open === null;
  return isClosed && settings.value?.store.maySellWithoutTill !== true && cart.value === null;
}

function CurrentView(): JSX.Element {
  const pos = usePos();
  const view = pos.view.value;
  switch (view.kind) {
    case 'sell':
      return <SellScreen />;
    case 'pay':
      return <PayScreen />;
    case 'finished':
      return <FinishedScreen sale={view.sale} changeMinor={view.changeMinor} />;
    case 'transactions':
      return <TransactionsScreen />;
    case 'attention':
      return <AttentionScreen />;
    case 'orders':
      return <OrdersScreen orderId={view.orderId} />;
    case 'channel-orders':
      return <ChannelOrdersScreen orderId={view.orderId} tokenId={view.tokenId ?? null} />;
  }
}

function pressGlobalKey(pos: ReturnType<typeof usePos>, key: string, isInField: boolean): boolean {
  const isSignedOn = pos.workstation.operator.value !== null;
  switch (key) {
    case 'F1':
      pos.overlay.value = pos.overlay.value === 'shortcuts' ? 'none' : 'shortcuts';
      return true;
    case '?':
    case '؟':
      if (isInField) return false;
      pos.overlay.value = 'shortcuts';
      return true;
    case 'F8':
      if (!isSignedOn || pos.view.value.kind === 'pay') return false;
      pos.view.value = { kind: pos.view.value.kind === 'transactions' ? 'sell' : 'transactions' };
      return true;
    case 'F10':
      pos.overlay.value = pos.overlay.value === 'settings' ? 'none' : 'settings';
      return true;
    default:
      return false;
  }
}
