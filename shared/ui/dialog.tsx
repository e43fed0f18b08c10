// A dialog or a side sheet on the browser's own <dialog>: focus is trapped and given back by the browser, Escape
// closes it. The parent decides whether it is open by rendering it or not.

import { X } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';

export type DialogProps = {
  readonly testId: string;
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly kind?: 'dialog' | 'sheet';
  /** `full` takes the window: for work that needs a picture beside it. */
  readonly width?: 'normal' | 'wide' | 'full';
  readonly role?: 'dialog' | 'alertdialog';
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
};

export function Dialog(props: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog === null || dialog.open) return undefined;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={box}
      class="dialog"
      role={props.role ?? 'dialog'}
      aria-labelledby={titleId}
      data-testid={props.testId}
      data-kind={props.kind ?? 'dialog'}
      data-width={props.width ?? 'normal'}
      onCancel={(event) => {
        // The parent takes the dialog away; the browser closing it by itself would leave the two in disagreement.
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      <header class="dialog-head">
        <h2 id={titleId}>{props.title}</h2>
        <IconButton
          testId={`${props.testId}-close`}
          icon={X}
          label={props.closeLabel}
          onPress={props.onClose}
        />
      </header>
      <div class="dialog-body">{props.children}</div>
      {props.actions !== undefined && <footer class="dialog-actions">{props.actions}</footer>}
    </dialog>
  );
}
