// A number for every code, so that 100,000 of them are searched in sorted arrays of numbers. Codes of up to 14
// digits are their own number; anything else is hashed into the numbers above. Two codes may share a hash, so
// whoever finds a key compares the code itself.

const DIGITS_CEILING = 100_000_000_000_000;
const HASH_SPAN = Number.MAX_SAFE_INTEGER - DIGITS_CEILING;
/** Longer strings of digits would lose their leading zeros' meaning. */
const GTIN_LENGTH = 14;

/** The number of a key as `catalogueKey` of the domain gives it. */
export function numericKey(catalogueKey: string): number {
  if (catalogueKey.length === GTIN_LENGTH && /^[0-9]+$/.test(catalogueKey)) return Number(catalogueKey);
  // Two 32-bit FNV-1a hashes with different starts give 53 bits that are spread well enough for shop codes.
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let place = 0; place < catalogueKey.length; place += 1) {
    const unit = catalogueKey.charCodeAt(place);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }
  const spread = (high >>> 11) * 4_294_967_296 + (low >>> 0);
  return DIGITS_CEILING + (spread % HASH_SPAN);
}
