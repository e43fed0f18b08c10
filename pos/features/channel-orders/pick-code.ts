// A scan while somebody picks: one more of what the order wants, with a good sound; anything else is refused with a sentence and a bad one.

import type { Order } from '../../../shared/domain/order/order.ts';
import { refuse } from '../../../shared/domain/refusal.ts';
import { readPickupToken } from '../../../shared/domain/order/pickup-token.ts';
import { scanDetails } from '../../../shared/domain/scan-details.ts';
import { soughtCode } from '../../../shared/domain/sought-code.ts';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { businessDay } from '../../../shared/domain/business-day.ts';
import { fetchFieldReader, isReaderMissing, readScannedCode } from '../../shell/code-reader.ts';
import type { PosContext } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';

export async function pickCode(pos: PosContext, order: Order, code: string): Promise<void> {
  const { workstation } = pos;
  // Somebody else's order at the counter goes before the goods on the shelf.
  if (readPickupToken(code) !== null || workstation.channelOrderByCode(code) !== null) {
    takeCode(pos, code);
    return;
  }
  if (isReaderMissing(code)) await fetchFieldReader().catch(() => undefined);
  const store = workstation.settings.value?.store;
  const parsed = readScannedCode(code, { patterns: store?.scalePatterns ?? [] });
  const items = workstation.findByCode(soughtCode(code, parsed));
  const [first] = items;
  if (first === undefined || store === undefined) {
    pos.report(refuse('pick-wrong-item'));
    return;
  }
  const { quantityMilli } = scanDetails(parsed, first, {
    today: businessDay(new Date(pos.now.value).toISOString(), store),
    minorDigits: currencyOf(store.currency).digits,
  });
  const picked = await workstation.pickScanned(order.id, {
    items,
    ...(quantityMilli === null ? {} : { quantityMilli }),
  });
  if (pos.report(picked)) pos.sounds.good();
}
