// The tree inside of a TLV field: a tag of one to three bytes, a length, a value; a tag with its sixth bit set holds further
// ones. Only print lines and the kind of a receipt are taken out of it; cards leave more in there than anybody should keep.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { tlvLength, tlvSpan } from './fields.ts';

export type Tlv = { readonly tag: number; readonly value: Uint8Array };

const TAG_BYTES_MAX = 3;
const IS_CONTAINER = 0x20;
const TAG_GOES_ON = 0x1f;

/** The tags that stand side by side. */
export function readTlv(data: Uint8Array): Outcome<readonly Tlv[], 'tlv-truncated'> {
  const found: Tlv[] = [];
  let at = 0;
  while (at < data.length) {
    const tag = tagAt(data, at);
    const span = tag === null ? null : tlvSpan(data, at + tag.length);
    if (tag === null || span === null || span.to > data.length) return refuse('tlv-truncated');
    found.push({ tag: tag.tag, value: data.slice(span.from, span.to) });
    at = span.to;
  }
  return accept(found);
}

export function writeTlv(tags: readonly Tlv[]): Uint8Array {
  return Uint8Array.from(
    tags.flatMap(({ tag, value }) => [...tagBytes(tag), ...tlvLength(value.length), ...value]),
  );
}

/** Does this tag hold further tags? */
export function isContainer(tag: number): boolean {
  return ((tagBytes(tag)[0] ?? 0) & IS_CONTAINER) !== 0;
}

function tagAt(data: Uint8Array, at: number): { readonly tag: number; readonly length: number } | null {
  const first = data[at];
  if (first === undefined) return null;
  if ((first & TAG_GOES_ON) !== TAG_GOES_ON) return { tag: first, length: 1 };
  let tag = first;
  for (let length = 2; length <= TAG_BYTES_MAX; length += 1) {
    const byte = data[at + length - 1];
    if (byte === undefined) return null;
    tag = (tag << 8) | byte;
    if (byte < 0x80) return { tag, length };
  }
  return null;
}

function tagBytes(tag: number): readonly number[] {
  if (tag > 0xffff) return [tag >> 16, (tag >> 8) & 0xff, tag & 0xff];
  return tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
}
