// Which protocol is spoken. The number is pinned to a hash over every schema (versions.test.ts): a schema that
// changes without the number fails the build. The server serves the current number and the two before it.

export const PROTOCOL = {
  current: 1,
  oldest: 1,
  /** SHA-256 over the canonical JSON of all schemas of `protocolSchemas`. */
  hash: '541e9c73bdb2b9180fbe9a522c5b0e5ba1559041d9845e3ee47dd6f72df227b3',
} as const;

/** How many numbers before the current one are still served. */
export const SERVED_BEFORE_CURRENT = 2;

/** Does this server still serve a caller who speaks `number`? Newer ones are refused too: they know more than we do. */
export function isProtocolServed(number: number): boolean {
  return Number.isSafeInteger(number) && number >= PROTOCOL.oldest && number <= PROTOCOL.current;
}
