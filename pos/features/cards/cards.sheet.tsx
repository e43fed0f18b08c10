// All card payments that are not finished, whatever cart they were for: whose outcome nobody knows, and approvals that no
// sale stands on. Below them each terminal's end of day, where a payment that only one side knows would show.

import type { JSX } from 'preact';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { OpenCards } from '../../shell/open-cards.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { TerminalDays } from '../../shell/terminal-days.tsx';

export function CardsSheet(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const payments = pos.workstation.cardPayments.value;
  return (
    <Dialog
      testId="cards-sheet"
      kind="sheet"
      title={words.t('cards.open')}
      closeLabel={words.t('common.close')}
      onClose={() => {
        pos.overlay.value = 'none';
      }}
    >
      {payments.length === 0 ? <p>{words.t('cards.none')}</p> : <OpenCards payments={payments} />}
      <TerminalDays />
    </Dialog>
  );
}
