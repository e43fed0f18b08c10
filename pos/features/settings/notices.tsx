// Whose work this product stands on, where a licence wants it said to those who use it.

import type { JSX } from 'preact';
import { useWords } from '../../shell/pos-context.ts';

const PRINTERS = { source: 'escpos-printer-db (github.com/receipt-print-hq)', licence: 'CC BY 4.0' } as const;

export function Notices(): JSX.Element {
  const words = useWords();
  return (
    <section data-testid="notices">
      <h3>{words.t('settings.notices')}</h3>
      <p class="soft">{words.t('settings.notice-printers', PRINTERS)}</p>
    </section>
  );
}
