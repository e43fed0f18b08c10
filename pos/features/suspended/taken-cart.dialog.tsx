// Two tills took up one cart while they did not hear of each other. Whoever was second is told at once who has it, and what
// became of the goods that were added since.

import type { JSX } from 'preact';
import type { TakenCart } from '../../../shared/client/store-carts.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function TakenCartDialog({ taken }: { readonly taken: TakenCart }): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { code, byWorkstationNumber, keptLines } = taken;
  const close = () => workstation.noticeTakenCart();
  return (
    <Dialog
      testId="taken-cart"
      role="alertdialog"
      title={words.t('taken.title')}
      closeLabel={words.t('common.close')}
      onClose={close}
      actions={
        <Button testId="taken-cart-ok" look="primary" size="large" hasFocusFirst onPress={close}>
          {words.t('common.ok')}
        </Button>
      }
    >
      <p>
        {byWorkstationNumber === null
          ? words.t('taken.gone', { code })
          : words.t('taken.by', { code, number: byWorkstationNumber })}
      </p>
      {keptLines > 0 && <p>{words.t('taken.kept', { count: keptLines })}</p>}
    </Dialog>
  );
}
