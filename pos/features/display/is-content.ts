// What comes over a channel or a stream is looked at before it is shown: its shape must be that of a till of this version.

import type { DisplayContent } from '../../../shared/domain/display-content.ts';

const STATES: ReadonlySet<unknown> = new Set<DisplayContent['state']>(['idle', 'cart', 'pay', 'finished']);

export function isContent(value: unknown): value is DisplayContent {
  if (typeof value !== 'object' || value === null) return false;
  const { state, lines, totalMinor, currency, language } = { state: null, lines: null, ...value } as Record<
    string,
    unknown
  >; // Members of an object, each looked at below.
  return (
    STATES.has(state) &&
    Array.isArray(lines) &&
    typeof totalMinor === 'number' &&
    typeof currency === 'string' &&
    typeof language === 'string'
  );
}
