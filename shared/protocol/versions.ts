// Which protocol is spoken. The number is pinned to a hash over every schema (versions.test.ts): a schema that
// changes without the number fails the build. The server serves the current number and the two before it.

export const PROTOCOL = {
  current: 1,
  oldest: 1,
  /** SHA-256 over the canonical JSON of all schemas of `protocolSchemas`. */
  hash: '5a53ae5379c90d5ebc3eeb92454249d541de70c473effc77298acbdafed6532b',
} as const;

/** How many numbers before the current one are still served. */
export const SERVED_BEFORE_CURRENT = 2;

/** Does this server still serve a caller who speaks `number`? Newer ones are refused too: they know more than we do. */
export function isProtocolServed(number: number): boolean {
  return Number.isSafeInteger(number) && number >= PROTOCOL.oldest && number <= PROTOCOL.current;
}
