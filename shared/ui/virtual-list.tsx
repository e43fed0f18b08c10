// A list that puts only the rows in sight into the DOM, so that ten thousand rows scroll like ten. Rows have one
// fixed height; a row keeps its element while it stays in sight.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export type VirtualListProps<Row> = {
  readonly testId: string;
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly keyOf: (row: Row) => string;
  readonly render: (row: Row, place: number) => ComponentChildren;
  /** Asked when the last rows come in sight, so that the owner may fetch more. */
  readonly onNearEnd?: () => void;
  /** Place that must be in sight, such as the chosen row. */
  readonly keepInSight?: number;
};

const OVERSCAN_ROWS = 4;
/** Before the first measurement, and where nothing has a size (tests). */
const ASSUMED_HEIGHT = 600;

/** Which rows are drawn for a scroll position: from (inclusive) to (exclusive). */
export function rowsInSight(
  scroll: { readonly top: number; readonly height: number },
  rowHeight: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const first = Math.floor(scroll.top / rowHeight) - OVERSCAN_ROWS;
  const last = Math.ceil((scroll.top + scroll.height) / rowHeight) + OVERSCAN_ROWS;
  const to = Math.min(count, Math.max(0, last));
  return { from: Math.min(to, Math.max(0, first)), to };
}

export function VirtualList<Row>(props: VirtualListProps<Row>): JSX.Element {
  const { rows, rowHeight, keyOf, render, keepInSight } = props;
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: ASSUMED_HEIGHT });
  const measure = () => {
    const element = box.current;
    if (element === null) return;
    setScroll({ top: element.scrollTop, height: element.clientHeight || ASSUMED_HEIGHT });
  };
  useLayoutEffect(() => {
    measure();
    const element = box.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || keepInSight === undefined) return;
    const top = keepInSight * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [keepInSight, rowHeight]);
  const { from, to } = rowsInSight(scroll, rowHeight, rows.length);
  const isNearEnd = to >= rows.length;
  useEffect(() => {
    if (isNearEnd && rows.length > 0) props.onNearEnd?.();
  }, [isNearEnd, rows.length]);
  return (
    <div ref={box} class="virtual-list" data-testid={props.testId} onScroll={measure}>
      <div
        class="virtual-space"
        role="list"
        aria-label={props.label}
        style={{ height: `${rows.length * rowHeight}px` }}
      >
        {rows.slice(from, to).map((row, offset) => (
          <div
            key={keyOf(row)}
            class="virtual-item"
            role="listitem"
            aria-setsize={rows.length}
            aria-posinset={from + offset + 1}
            style={{ top: `${(from + offset) * rowHeight}px`, height: `${rowHeight}px` }}
          >
            {render(row, from + offset)}
          </div>
        ))}
      </div>
    </div>
  );
}
