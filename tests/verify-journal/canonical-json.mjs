// RFC 8785 canonical JSON, written a second time on purpose: the verifier must not trust the application's own
// serialiser. Keys are ordered by UTF-16 code units, numbers and strings are written as ECMAScript writes them,
// and what JSON cannot carry without loss (lone surrogates, non-finite numbers) is refused.

const DEPTH_MAX = 64;

/** The one byte sequence that stands for `value`. Throws a RangeError with the reason where there is none. */
export function canonicalText(value, depth = 0) {
  if (depth > DEPTH_MAX) throw new RangeError(`nested deeper than ${DEPTH_MAX}`);
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new RangeError('a text holds half of a surrogate pair');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError('a number is not finite');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((part) => canonicalText(part, depth + 1)).join(',')}]`;
      return `{${Object.keys(value)
        .toSorted(byCodeUnits)
        .map((key) => `${canonicalText(key, depth + 1)}:${canonicalText(value[key], depth + 1)}`)
        .join(',')}}`;
    case 'undefined':
    case 'bigint':
    case 'function':
    case 'symbol':
      throw new RangeError(`a ${typeof value} cannot stand in JSON`);
  }
}

function byCodeUnits(left, right) {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}
