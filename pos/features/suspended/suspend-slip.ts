// The slip of a cart that was set aside: what to look for, and bars that any till of the store takes it up by.

import type { Cart } from '../../../shared/domain/cart.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { Speech } from '../../../shared/ui/speech.ts';
import type { PosKey } from '../../shell/message-keys.ts';

export function suspendSlip(cart: Cart, settings: StoreSettings, words: Speech<PosKey>): Receipt | null {
  const { suspended, currency, lines } = cart;
  if (suspended === undefined) return null;
  const { code, label, at, totalMinor } = suspended;
  return {
    language: words.language,
    blocks: [
      { kind: 'text', text: settings.store.name, align: 'center', isBold: true },
      { kind: 'text', text: words.t('slip.title'), align: 'center', size: 'large', isBold: true },
      ...(cart.isTraining === true
        ? [{ kind: 'text', text: words.t('receipt.training'), align: 'center', size: 'large' } as const]
        : []),
      { kind: 'rule' },
      ...(label === undefined ? [] : [{ kind: 'text', text: label, isBold: true } as const]),
      { kind: 'text', text: words.dateTime(at, settings.store.timeZone) },
      {
        kind: 'pair',
        start: words.t('suspended.lines', { count: lines.length }),
        end: '',
      },
      { kind: 'pair', start: words.t('slip.total'), end: words.money(totalMinor, currency), isBold: true },
      { kind: 'blank' },
      { kind: 'barcode', symbology: 'code128', code },
      { kind: 'text', text: words.t('slip.more'), align: 'center' },
    ],
  };
}
