// Pull checkpoints: opaque to workstations, made and read here only. One says which collection was read how far
// in each scope, and of which lineage of the database. Whatever does not fit (damaged, of another collection,
// scope or lineage, or ahead of the feed) is refused, and the workstation reads again from the start.
//
//   base64url("lineage~collection~scope=position,scope=position")

/** Position per scope; a scope that is missing was not read yet. */
export type Positions = ReadonlyMap<string, number>;

const FORM = /^([\w-]{1,64})~([a-z_]{1,40})~((?:[\w:.-]{1,100}=\d{1,15},?){0,8})$/u;

export function writeCheckpoint(given: {
  readonly lineage: string;
  readonly collection: string;
  readonly positions: Positions;
}): string {
  const places = [...given.positions]
    .filter(([, position]) => position > 0)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([scope, position]) => `${scope}=${position}`);
  return Buffer.from(`${given.lineage}~${given.collection}~${places.join(',')}`, 'utf8').toString(
    'base64url',
  );
}

/** The positions, or null when this checkpoint is not for that collection, these scopes and this lineage. */
export function readCheckpoint(
  text: string,
  expected: { readonly lineage: string; readonly collection: string; readonly scopes: readonly string[] },
): Positions | null {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  const parts = FORM.exec(plain);
  if (parts === null || parts[1] !== expected.lineage || parts[2] !== expected.collection) return null;
  const positions = new Map<string, number>();
  for (const place of (parts[3] ?? '').split(',').filter((each) => each !== '')) {
    const [scope, position] = place.split('=');
    if (scope === undefined || !expected.scopes.includes(scope) || positions.has(scope)) return null;
    positions.set(scope, Number(position));
  }
  // Only what we would write ourselves is ours: another spelling was made by somebody else.
  const again = writeCheckpoint({ ...expected, positions });
  return again === text ? positions : null;
}
