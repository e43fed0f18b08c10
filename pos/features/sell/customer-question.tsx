// Who buys, so that the prices of their group count; and a note about the whole cart, which the receipt carries.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { chooseCustomer } from '../../shell/choose-customer.ts';
import { CustomerChoice, type Customer } from '../../shell/customer-choice.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const NOTE_MAX = 240;

type QuestionProps = { readonly view: CartView; readonly onClose: () => void };

export function CustomerQuestion({ view, onClose }: QuestionProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const chosen = workstation.customers.value.find((one) => one.id === view.cart.customerId) ?? null;
  const choose = async (customer: Customer | null) => {
    if (pos.report(await chooseCustomer(pos, customer)) && customer !== null) onClose();
  };
  return (
    <Dialog
      testId="customer"
      title={words.t('cart.customer')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
    >
      <CustomerChoice chosen={chosen} onChoose={(customer) => void choose(customer)} />
    </Dialog>
  );
}

export function CartNoteQuestion({ view, onClose }: QuestionProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [note, setNote] = useState(view.cart.note ?? '');
  const save = () => {
    if (pos.report(pos.workstation.noteCart(note.trim()))) onClose();
  };
  return (
    <Dialog
      testId="cart-note"
      title={words.t('cart.note')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button testId="cart-note-save" look="primary" onPress={save}>
          {words.t('common.save')}
        </Button>
      }
    >
      <Field
        testId="cart-note-text"
        label={words.t('note.label')}
        value={note}
        maxLength={NOTE_MAX}
        direction="auto"
        hasFocusFirst
        hint={words.t('note.hint')}
        onInput={setNote}
        onEnter={save}
      />
    </Dialog>
  );
}
