// The scale beside this till, once a person has chosen one on this device. Its driver is fetched then and not before.

import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Scale } from '../../shared/devices/ports.ts';
import type { Preferences } from '../../shared/ui/preferences.ts';

export type ChosenScale = NonNullable<Preferences['scale']>;

export type ScaleGiven = {
  readonly preferences: ReadonlySignal<Pick<Preferences, 'scale'>>;
  /** Null when its port is not there. */
  readonly openScale: (chosen: ChosenScale) => Promise<Scale | null>;
};

export function createScale({ preferences, openScale }: ScaleGiven): ReadonlySignal<Scale | null> {
  const scale = signal<Scale | null>(null);
  let isFor: ChosenScale | null = null;
  effect(() => {
    const chosen = preferences.value.scale;
    if (chosen?.port === isFor?.port && chosen?.profile === isFor?.profile) return;
    isFor = chosen;
    scale.value = null;
    if (chosen === null) return;
    openScale(chosen).then(
      (opened) => {
        if (isFor === chosen) scale.value = opened;
      },
      () => undefined,
    );
  });
  return scale;
}
