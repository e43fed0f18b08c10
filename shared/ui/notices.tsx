// Things that tell: a badge (state in a word), a banner (stays until it is no longer true) and a toast (an answer
// to what was just done; it goes by itself, and errors wait for a press).

import { X } from 'lucide';
import type { IconNode } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

export type Tone = 'plain' | 'good' | 'notice' | 'warning' | 'danger';

export function Badge(props: {
  readonly tone?: Tone;
  readonly icon?: IconNode;
  readonly testId?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class="badge" data-tone={props.tone ?? 'plain'} data-testid={props.testId}>
      {props.icon && <Icon of={props.icon} />}
      {props.children}
    </span>
  );
}

export function Banner(props: {
  readonly tone?: Tone;
  readonly icon?: IconNode;
  readonly testId: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}): JSX.Element {
  const tone = props.tone ?? 'notice';
  return (
    <div
      class="banner"
      role={tone === 'danger' ? 'alert' : 'status'}
      data-tone={tone}
      data-testid={props.testId}
    >
      {props.icon && <Icon of={props.icon} />}
      <div class="banner-text">{props.children}</div>
      {props.actions}
    </div>
  );
}

/** One short answer. `key` changes with every toast, so that the same words said twice are shown twice. */
export type ToastContent = { readonly key: number; readonly tone: Tone; readonly text: string };

const TOAST_SHOWN_MS = 4_000;

export function Toast(props: {
  readonly content: ToastContent | null;
  readonly closeLabel: string;
  readonly onClose: () => void;
}): JSX.Element {
  const { content, onClose } = props;
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (content === null) return undefined;
    // A popover stands in the browser's top layer, so that a toast is seen above an open dialog.
    const popover = layer.current;
    if (popover?.isConnected && 'showPopover' in popover) {
      popover.hidePopover();
      popover.showPopover();
    }
    if (content.tone === 'danger') return undefined;
    const timer = setTimeout(onClose, TOAST_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [content?.key]);
  return (
    <div ref={layer} class="toasts" popover="manual" role="status" aria-live="polite">
      {content !== null && (
        <div class="toast" data-testid="toast" data-tone={content.tone} key={content.key}>
          <span>{content.text}</span>
          <IconButton testId="toast-close" icon={X} label={props.closeLabel} onPress={onClose} />
        </div>
      )}
    </div>
  );
}
