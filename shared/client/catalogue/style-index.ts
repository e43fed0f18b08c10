// Which items are of one style: kept per page beside the search index, taken from the record lines without parsing them,
// because a catalogue of 100,000 items is read in at every start.

import { PAGE_SLOTS } from './compact-page.ts';

const MARK = '"styleId":"';

export type StyleIndex = {
  setPage(page: number, records: string): void;
  dropPage(page: number): void;
  /** Ascending. */
  ordinalsOf(styleId: string): readonly number[];
};

export function createStyleIndex(): StyleIndex {
  const pages = new Map<number, ReadonlyMap<string, readonly number[]>>();
  return {
    setPage(page, records) {
      if (records.includes(MARK)) pages.set(page, stylesOf(page, records));
      else pages.delete(page);
    },
    dropPage: (page) => void pages.delete(page),
    ordinalsOf(styleId) {
      const found: number[] = [];
      for (const styles of pages.values()) found.push(...(styles.get(styleId) ?? []));
      return found.sort((left, right) => left - right);
    },
  };
}

function stylesOf(page: number, records: string): ReadonlyMap<string, readonly number[]> {
  const styles = new Map<string, number[]>();
  for (const [slot, line] of records.split('\n').entries()) {
    // The last one: a name may hold anything, also these letters, and the variant stands behind the names.
    const at = line.lastIndexOf(MARK);
    if (at === -1) continue;
    const start = at + MARK.length;
    const styleId = line.slice(start, line.indexOf('"', start));
    const ordinals = styles.get(styleId) ?? [];
    ordinals.push(page * PAGE_SLOTS + slot);
    styles.set(styleId, ordinals);
  }
  return styles;
}
