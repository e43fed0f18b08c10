// Customers, from the entries of one journal alone: each is taken down once, and an entry about one names nobody. Who it was lies
// beside the journal; whoever holds the details and their salt can hash them and compare.

const FIELDS = new Set(['customerId', 'change', 'commitment', 'consents']);
const PURPOSES = new Set(['order-messages', 'offers']);

/** The sentence of what is wrong with an entry about a customer, or null. `created` holds those of this journal. */
export function customerFault(created, { kind, body }) {
  if (kind !== 'customer-recorded') return null;
  const other = Object.keys(body ?? {}).find((field) => !FIELDS.has(field));
  if (other !== undefined) return `it says more about a customer than an entry may: ${other}`;
  if (!/^[0-9a-f]{64}$/.test(body?.commitment)) return 'its commitment to a customer is not a SHA-256';
  if (typeof body.customerId !== 'string' || body.customerId === '') return 'it names no customer';
  if (body.change !== 'created' && body.change !== 'edited') return `a customer was "${body.change}"`;
  if (!Array.isArray(body.consents)) return 'it does not say what the customer agreed to';
  const purposes = body.consents.map(({ purpose }) => purpose);
  if (purposes.some((purpose) => !PURPOSES.has(purpose)) || new Set(purposes).size !== purposes.length)
    return 'what the customer agreed to is unknown or said twice';
  if (body.consents.some(({ isGiven }) => typeof isGiven !== 'boolean'))
    return 'a consent is neither given nor refused';
  if (body.change === 'created' && created.has(body.customerId)) return 'a customer is created twice';
  if (body.change === 'created') created.add(body.customerId);
  return null;
}
