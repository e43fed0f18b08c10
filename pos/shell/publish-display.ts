// Tells the customer's screens what this till shows: a second window of this device over a channel of the browser, without any
// network; screens on other devices through the server, once one has been paired. A window that opens later asks.

import { effect } from '@preact/signals';
import {
  cartDisplay,
  finishedDisplay,
  idleDisplay,
  type DisplayContent,
} from '../../shared/domain/display-content.ts';
import type { Language } from '../../shared/domain/localized-text.ts';
import type { PosContext } from './pos-context.ts';

export const DISPLAY_CHANNEL = 'tillandsia-display';

export type DisplayMessage =
  | { readonly kind: 'content'; readonly content: DisplayContent }
  /** A screen has opened and wants to know. */
  | { readonly kind: 'hello' };

type Channel = {
  post(message: DisplayMessage): void;
  listen(take: (message: unknown) => void): void;
};

/** While somebody scans, other devices are told a few times a second at most. */
const REMOTE_STEP_MS = 150;

/** What the customer may see now, in the language of the till unless another is meant; null until the shop's settings are there. */
export function displayOf(pos: PosContext, language?: Language): DisplayContent | null {
  const { workstation } = pos;
  const store = workstation.settings.value?.store;
  if (store === undefined) return null;
  const given = {
    language: language ?? pos.speech.value.language,
    storeName: store.name,
    currency: store.currency,
    isTraining: workstation.till.value?.isTraining === true,
  };
  const view = pos.view.value;
  const cart = workstation.cart.value;
  if (view.kind === 'finished') {
    return finishedDisplay(view.sale.transaction, view.changeMinor, given);
  }
  if (cart === null || cart.cart.lines.length === 0 || workstation.operator.value === null) {
    return idleDisplay(given);
  }
  const state = view.kind === 'pay' ? 'pay' : 'cart';
  return cartDisplay(state, { lines: cart.lines, totalMinor: cart.totals.grossMinor }, given);
}

export function publishDisplay(pos: PosContext, channel: Channel): void {
  let newest: DisplayContent | null = null;
  const remote = createRemote(pos);
  effect(() => {
    newest = displayOf(pos);
    if (newest === null) return;
    channel.post({ kind: 'content', content: newest });
    remote(newest);
  });
  channel.listen((message) => {
    const isHello =
      typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'hello';
    if (isHello && newest !== null) channel.post({ kind: 'content', content: newest });
  });
}

/** Sends the newest content, one at a time; nothing while no screen was ever paired. */
function createRemote(pos: PosContext): (content: DisplayContent) => void {
  let waiting: DisplayContent | null = null;
  let isSending = false;
  const send = async (): Promise<void> => {
    isSending = true;
    while (waiting !== null) {
      const content = waiting;
      waiting = null;
      await pos.workstation.showOnDisplays(content);
      await new Promise((resolve) => {
        setTimeout(resolve, REMOTE_STEP_MS);
      });
    }
    isSending = false;
  };
  return (content) => {
    if (!pos.preferences.value.hasRemoteDisplay) return;
    waiting = content;
    if (!isSending) void send();
  };
}
