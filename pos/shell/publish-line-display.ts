// Shows the customer's display of two lines what the customer's screen shows. It is fetched once somebody chose one on this device.

import { effect } from '@preact/signals';
import type { LineDisplay } from '../../shared/devices/ports.ts';
import type { Preferences } from '../../shared/ui/preferences.ts';
import type { PosContext } from './pos-context.ts';
import { displayOf } from './publish-display.ts';

type Chosen = NonNullable<Preferences['lineDisplay']>;
type Opened = LineDisplay & { close(): void };

export function publishLineDisplay(pos: PosContext, open: (chosen: Chosen) => Promise<Opened>): void {
  let isFor: Chosen | null = null;
  let display: Opened | null = null;
  const show = (): void => {
    // Such displays have no Persian letters: the English name of goods where they have one, else in Latin letters.
    const content = displayOf(pos, 'en');
    if (content !== null) display?.show(content);
  };
  effect(() => {
    const chosen = pos.preferences.value.lineDisplay;
    if (chosen?.at === isFor?.at && chosen?.kind === isFor?.kind) return;
    isFor = chosen;
    display?.close();
    display = null;
    if (chosen === null) return;
    open(chosen).then(
      (opened) => {
        if (isFor !== chosen) return;
        display = opened;
        show();
      },
      () => undefined,
    );
  });
  effect(show);
}
