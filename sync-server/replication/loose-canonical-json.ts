// Canonical JSON for what the strict form refuses: halves of surrogate pairs are written as escapes, as
// JSON.stringify does. Only for facts that are kept although they are poisoned; everything else is strict.

/** Keys sorted by UTF-16 code units, no spaces; the value comes from JSON.parse and is not deeper than the door lets in. */
export function looseCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(looseCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${looseCanonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
