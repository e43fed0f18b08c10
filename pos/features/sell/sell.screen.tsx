// The screen a cashier lives in: what can be sold on one side, the cart on the other. Scans and keys are taken
// from anywhere. The two halves read different signals, so that a new line never draws the catalogue again.

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePos, type PosContext } from '../../shell/pos-context.ts';
import { NO_QUESTION } from '../../shell/sell-state.ts';
import { takeCode } from '../../shell/take-code.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { CartPanel } from './cart-panel.tsx';
import { CataloguePanel } from './catalogue-panel.tsx';
import { SellQuestions } from './sell-questions.tsx';
import { SellTabs } from './sell-tabs.tsx';
import { pressSellKey } from './sell-keys.ts';

/** Serial numbers, coupons and PINs are scanned into what asks for them. */
function hasScanOfItsOwn(pos: PosContext): boolean {
  const question = pos.sell.question.value;
  if (pos.approval.value !== null || pos.overlay.value === 'labels' || question.kind === 'coupon')
    return true;
  return question.kind === 'capture' && question.need.kind !== 'age-check';
}

export function SellScreen(): JSX.Element {
  const pos = usePos();
  const search = useRef<HTMLInputElement>(null);
  const order = pos.workstation.cart.value?.cart.order;
  useEffect(() => {
    // Whoever comes back from taking a deposit has taken none: there is nothing in such a cart to sell.
    if (order?.step !== 'deposit') return;
    if (pos.report(pos.workstation.clearCart())) {
      pos.view.value = { kind: 'orders', orderId: order.orderId };
    }
  }, [order]);
  useScans((code) => {
    if (hasScanOfItsOwn(pos)) return;
    // The next scan answers an open question: whoever scans on has seen it.
    pos.sell.question.value = NO_QUESTION;
    pos.overlay.value = 'none';
    takeCode(pos, code);
  });
  useKeys((key) => pressSellKey(pos, key, () => search.current));
  return (
    <main class="sell" data-testid="sell-screen" data-tab={pos.sell.tab.value}>
      <CataloguePanel searchRef={search} />
      <CartPanel />
      <SellTabs />
      <SellQuestions />
    </main>
  );
}
