// What a manager may do about paper: change how receipts look.

import { ReceiptText } from 'lucide';
import type { JSX } from 'preact';
import { hasPermission } from '../../../shared/domain/permissions.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function ReceiptTools(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const operator = pos.workstation.operator.value;
  if (operator === null || !hasPermission(operator, 'manage-devices')) return null;
  return (
    <section>
      <h3>{words.t('settings.receipts')}</h3>
      <Button
        testId="open-receipt-layout"
        icon={ReceiptText}
        onPress={() => {
          pos.overlay.value = 'receipt-layout';
        }}
      >
        {words.t('settings.receipts-look')}
      </Button>
    </section>
  );
}
