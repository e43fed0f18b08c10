// The slip of a terminal that comes as one message (06 D3): whose it is, and its lines.

import { SLIP_LINE_MAX, SLIP_LINES_MAX } from '../../domain/card-details.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { FIELD, readFields, writeFields } from './fields.ts';
import { terminalBytes, terminalText } from './text.ts';
import { isContainer, readTlv, writeTlv, type Tlv } from './tlv.ts';

export type Slip = { readonly of: 'merchant' | 'customer' | 'other'; readonly lines: readonly string[] };

const TAG = { kind: 0x1f07, lines: 0x25, line: 0x07 } as const;
const KINDS = { 1: 'merchant', 2: 'customer' } as const;
const DEPTH_MAX = 4;

export function readSlip(data: Uint8Array): Outcome<Slip, 'slip-not-understood'> {
  const fields = readFields(data);
  const tree = fields.ok ? fields.value.find(({ name }) => name === FIELD.tlv) : undefined;
  const tags = tree === undefined ? null : flatten(tree.value, DEPTH_MAX);
  if (tags === null) return refuse('slip-not-understood');
  const kind = tags.find(({ tag }) => tag === TAG.kind)?.value[0];
  const lines = tags.filter(({ tag }) => tag === TAG.line).map(({ value }) => terminalText(value));
  return accept({
    of: kind === 1 || kind === 2 ? KINDS[kind] : 'other',
    lines: lines.slice(0, SLIP_LINES_MAX),
  });
}

export function writeSlip({ of, lines }: Slip): Uint8Array {
  const kind = of === 'merchant' ? 1 : of === 'customer' ? 2 : 3;
  const texts = lines
    .slice(0, SLIP_LINES_MAX)
    .map((line) => ({ tag: TAG.line, value: terminalBytes(line.slice(0, SLIP_LINE_MAX)) }));
  const tree = [
    { tag: TAG.kind, value: Uint8Array.of(kind) },
    { tag: TAG.lines, value: writeTlv(texts) },
  ];
  return writeFields([{ name: FIELD.tlv, value: writeTlv(tree) }]);
}

/** All tags of the tree, containers opened; null where it is cut off or too deep. */
function flatten(data: Uint8Array, depth: number): readonly Tlv[] | null {
  const tags = depth === 0 ? null : readTlv(data);
  if (tags?.ok !== true) return null;
  const found: Tlv[] = [];
  for (const tag of tags.value) {
    const inner = isContainer(tag.tag) ? flatten(tag.value, depth - 1) : [tag];
    if (inner === null) return null;
    found.push(...inner);
  }
  return found;
}
