// A note on a line: a few words that are printed below it.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const NOTE_MAX = 120;

export function NoteQuestion(props: { readonly line: CartLine; readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [note, setNote] = useState(props.line.note ?? '');
  const save = () => {
    if (pos.report(pos.workstation.noteLine(props.line.lineNumber, note.trim()))) props.onClose();
  };
  return (
    <Dialog
      testId="note"
      title={words.t('note.title', { name: textIn(props.line.name, words.language) })}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button testId="note-save" look="primary" onPress={save}>
          {words.t('common.save')}
        </Button>
      }
    >
      <Field
        testId="note-text"
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
