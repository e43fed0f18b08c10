// What is known about a row of Needs attention: the order and its customer where it is about one, both values where money does not
// compute, the sale, the receiver.

import type { JSX } from 'preact';
import type { Attention } from '../../../shared/client/attention-desk.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

/** Values that have words of their own; others are spoken by their names in the journal, for whoever looks there. */
const NAMED = [
  'code',
  'number',
  'receiptNumber',
  'voucherNumber',
  'sku',
  'event',
  'channel',
  'problem',
  'reason',
] as const;
const DIFFERENCES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

export function MatterFacts({ row }: { readonly row: Attention }): JSX.Element | null {
  const words = useWords();
  const { values } = row;
  const facts: (readonly [name: string, said: string])[] = [...useOrderFacts(row)];
  for (const name of NAMED) {
    const value = values[name];
    if (value === undefined || value === null || value === '') continue;
    facts.push([words.t(`attention.value.${name}`), String(value)]);
  }
  for (const place of DIFFERENCES) {
    const [path, stated, computed] = [
      values[`path${place}`],
      values[`stated${place}`],
      values[`computed${place}`],
    ];
    if (path === undefined) continue;
    const said = words.t('attention.differs', { stated: String(stated), computed: String(computed) });
    facts.push([String(path), said]);
  }
  if (facts.length === 0) return null;
  return (
    <dl class="facts line-facts" data-testid="attention-facts">
      {facts.map(([name, said]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{said}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Of an order of a channel: its goods, and whom to call. */
function useOrderFacts({ values }: Attention): readonly (readonly [string, string])[] {
  const pos = usePos();
  const words = useWords();
  const orderId = values['orderId'];
  const known = typeof orderId === 'string' ? pos.workstation.channelOrder(orderId) : null;
  if (known === null) return [];
  const line = known.order.lines.find(({ lineNumber }) => lineNumber === values['lineNumber']);
  const missing = values['missingMilli'];
  const { contact } = known;
  return [
    ...(line === undefined || typeof missing !== 'number'
      ? []
      : [
          [
            words.t('attention.value.goods'),
            `${words.quantity(missing, line.unit)} × ${textIn(line.name, words.language)}`,
          ] as const,
        ]),
    ...(contact === null
      ? []
      : [
          [
            words.t('attention.value.customer'),
            [contact.name, contact.phone, contact.email]
              .filter((part) => part !== null && part !== '')
              .join(' · '),
          ] as const,
        ]),
    [words.t('attention.value.due'), words.dateTime(known.order.dueAt)],
  ];
}
