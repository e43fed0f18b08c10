// A fault that stops selling, and the commands that may settle it.

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trouble } from '../../../shared/client/runtime.ts';
import { TroubleCard } from '../../../shared/ui/trouble-card.tsx';
import { usePos } from '../../shell/pos-context.ts';

type Action = Trouble['actions'][number];

export function TroubleScreen(props: {
  readonly trouble: Trouble;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { trouble } = props;
  const pos = usePos();
  const [isBusy, setBusy] = useState(false);
  const act = async (action: Action) => {
    if (action === 'reload') {
      location.reload();
      return;
    }
    setBusy(true);
    pos.report(await pos.workstation.resolveTrouble(trouble.code, action));
    setBusy(false);
  };
  return (
    <TroubleCard trouble={trouble} isBusy={isBusy} onAction={(action) => void act(action)}>
      {props.children}
    </TroubleCard>
  );
}
