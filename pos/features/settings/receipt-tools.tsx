// What can be done about paper besides selling: print shelf labels, and for a manager change how receipts look.

import { ReceiptText, Tags } from 'lucide';
import type { JSX } from 'preact';
import { hasPermission } from '../../../shared/domain/permissions.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function ReceiptTools(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const operator = pos.workstation.operator.value;
  if (operator === null) return null;
  const open = (overlay: 'labels' | 'receipt-layout') => () => {
    pos.overlay.value = overlay;
  };
  return (
    <section>
      <h3>{words.t('settings.receipts')}</h3>
      <div class="button-row">
        <Button testId="open-labels" icon={Tags} onPress={open('labels')}>
          {words.t('labels.title')}
        </Button>
        {hasPermission(operator, 'manage-devices') && (
          <Button testId="open-receipt-layout" icon={ReceiptText} onPress={open('receipt-layout')}>
            {words.t('settings.receipts-look')}
          </Button>
        )}
      </div>
    </section>
  );
}
