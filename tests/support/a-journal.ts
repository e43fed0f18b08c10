// Builds the journal of an imaginary workstation, signed with a real key, for tests that need a valid one to damage.
// The amounts are literal and can be checked by hand; hashing and canonical text are the product's own.

import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { GENESIS_HASH, type Fact, type FactBodies, type FactKind } from '../../shared/domain/fact.ts';
import { asFactId, asStoreId, asWorkstationId } from '../../shared/domain/ids.ts';
import { canonicalJson, factPreimage, receiptNumber } from '../../shared/domain/journal.ts';

export type JournalHeader = {
  readonly workstation: string;
  readonly publicKey: { readonly crv: string; readonly kty: string; readonly x: string; readonly y: string };
  readonly head: { readonly epoch: number; readonly sequence: number; readonly hash: string };
};

/** A journal being written: entries, and what is needed to go on. */
export type JournalWriter = {
  readonly workstation: string;
  readonly privateKey: KeyObject;
  readonly publicKey: JournalHeader['publicKey'];
  readonly facts: Fact[];
};

const STORE = 'store-1';

export function aJournalWriter(workstation = 'ws-1'): JournalWriter {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = pair.publicKey.export({ format: 'jwk' });
  if (crv === undefined || kty === undefined || x === undefined || y === undefined)
    throw new Error('no P-256 key');
  return { workstation, privateKey: pair.privateKey, publicKey: { crv, kty, x, y }, facts: [] };
}

/** Appends one signed entry; `epoch-started` opens the next epoch. */
export function append<Kind extends FactKind>(
  writer: JournalWriter,
  kind: Kind,
  body: FactBodies[Kind],
): Fact {
  const last = writer.facts.at(-1);
  const isOpening = kind === 'epoch-started';
  const content = {
    id: asFactId(`${writer.workstation}-fact-${writer.facts.length + 1}`),
    workstationId: asWorkstationId(writer.workstation),
    storeId: asStoreId(STORE),
    epoch: (last?.epoch ?? 0) + (isOpening ? 1 : 0),
    sequence: isOpening ? 1 : (last?.sequence ?? 0) + 1,
    previousHash: last?.hash ?? GENESIS_HASH,
    kind,
    recordedAt: '2026-03-02T10:00:00.000Z',
    body,
  };
  return signed(writer, content);
}

/** A sale of `pieces` × 12.10 with 21 % VAT inside: net 10.00 and tax 2.10 a piece, paid with a 100.00 note. */
export function appendSale(writer: JournalWriter, pieces: number): Fact {
  const last = writer.facts.at(-1);
  if (last === undefined) throw new Error('a journal opens with epoch-started');
  const net = 1000 * pieces;
  const tax = 210 * pieces;
  const gross = 1210 * pieces;
  const taxGroup = {
    id: 'standard',
    name: 'Standard',
    letter: 'A',
    components: [
      {
        id: 'vat',
        name: 'VAT 21%',
        charge: { kind: 'percent', ratePpm: 210_000 },
        isIncludedInPrice: true,
        joinsLaterBases: false,
        takesEarlierTaxes: false,
      },
    ],
  };
  const transaction = {
    id: `${writer.workstation}-transaction-${last.sequence + 1}`,
    kind: 'sale',
    receiptNumber: receiptNumber({
      storeNumber: 1,
      workstationNumber: 2,
      epoch: last.epoch,
      sequence: last.sequence + 1,
    }),
    cartId: 'cart-1',
    storeId: STORE,
    workstationId: writer.workstation,
    operatorId: 'operator-1',
    businessDay: '2026-03-02',
    completedAt: '2026-03-02T10:00:00.000Z',
    currency: 'EUR',
    taxRules: { rounding: 'half-up', roundingPoint: 'rate' },
    lines: [
      {
        lineNumber: 1,
        direction: 'sale',
        itemId: 'item-1',
        sku: 'TEA-1',
        name: { en: 'Tea', fa: 'چای' },
        unit: 'piece',
        quantityMilli: 1000 * pieces,
        unitPriceMinor: 1210,
        taxGroupId: 'standard',
        extendedMinor: gross,
        netMinor: net,
        taxMinor: tax,
        grossMinor: gross,
      },
    ],
    taxes: [
      {
        taxGroupId: 'standard',
        componentId: 'vat',
        letter: 'A',
        name: 'VAT 21%',
        ratePpm: 210_000,
        netMinor: net,
        taxMinor: tax,
        grossMinor: gross,
      },
    ],
    tenders: [{ kind: 'cash', amountMinor: gross, tenderedMinor: 10_000, changeMinor: 10_000 - gross }],
    totals: { netMinor: net, taxMinor: tax, grossMinor: gross, cashRoundingMinor: 0 },
    stockMovements: [{ itemId: 'item-1', ordinal: 0, quantityMilli: -1000 * pieces, reason: 'sale' }],
    taxGroups: { standard: taxGroup },
  };
  // Ids are plain text here: a builder of test data stands at a door, like a wire.
  return append(writer, 'transaction-completed', {
    transaction,
  } as unknown as FactBodies['transaction-completed']);
}

/** Replaces hash and signature after `change`, as someone who holds the key would. */
export function signed(writer: JournalWriter, content: object): Fact {
  const preimage = factPreimage(content as Fact);
  const fact = {
    ...content,
    hash: createHash('sha256').update(preimage, 'utf8').digest('hex'),
    signature: sign('sha256', Buffer.from(preimage, 'utf8'), {
      key: writer.privateKey,
      dsaEncoding: 'ieee-p1363',
    }).toString('base64url'),
    // The spread of a checked content plus both proofs is a Fact.
  } as Fact;
  writer.facts.push(fact);
  return fact;
}

/** The export format of tests/verify-journal: header line, then one canonical line an entry. */
export function exportText(writer: JournalWriter): string {
  const last = writer.facts.at(-1);
  const header: JournalHeader = {
    workstation: writer.workstation,
    publicKey: writer.publicKey,
    head: { epoch: last?.epoch ?? 1, sequence: last?.sequence ?? 0, hash: last?.hash ?? GENESIS_HASH },
  };
  return `${[header, ...writer.facts].map((value) => canonicalJson(value)).join('\n')}\n`;
}
