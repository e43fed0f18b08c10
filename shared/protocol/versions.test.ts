import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { protocolSchemas, storageSchemas } from './protocol-schemas.ts';
import { isProtocolServed, PROTOCOL, SERVED_BEFORE_CURRENT } from './versions.ts';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

describe('protocol number', () => {
  test('the number is raised when a schema changes: the pinned hash is that of the schemas', () => {
    const text = JSON.stringify(sorted({ protocolSchemas, storageSchemas, number: PROTOCOL.current }));
    expect(PROTOCOL.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('the current number and at most two before it are served', () => {
    expect(PROTOCOL.oldest).toBe(Math.max(1, PROTOCOL.current - SERVED_BEFORE_CURRENT));
    expect(isProtocolServed(PROTOCOL.current)).toBe(true);
    expect(isProtocolServed(PROTOCOL.current + 1)).toBe(false);
    expect(isProtocolServed(PROTOCOL.oldest - 1)).toBe(false);
    expect(isProtocolServed(Number.NaN)).toBe(false);
  });
});
