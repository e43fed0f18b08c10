// A workstation as the server sees it: a key, a token, and a journal that it writes and pushes by plain HTTP.
// Amounts are literal: every sale is of tea at 12.10 with 21 % VAT inside, which is 10.00 net and 2.10 tax.

import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import {
  GENESIS_HASH,
  type Fact,
  type FactBodies,
  type FactKind,
  type JournalHead,
} from '../../shared/domain/fact.ts';
import { canonicalJson, receiptNumber } from '../../shared/domain/journal.ts';
import type { EnrolmentResponse, PushFactsResponse, TokenResponse } from '../../shared/protocol/messages.ts';
import type { SyncServer } from './a-sync-server.ts';

export type Answer<Body> = { readonly status: number; readonly body: Body; readonly headers: Headers };

export type TestWorkstation = {
  readonly id: string;
  readonly number: number;
  readonly storeId: string;
  readonly storeNumber: number;
  readonly privateKey: KeyObject;
  token: string;
  /** Newest entry written here, delivered or not. */
  head: JournalHead;
  /** Everything written, in order. */
  readonly facts: Fact[];
};

export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly head?: JournalHead;
};

export async function call<Body>(
  url: string,
  init: {
    readonly method?: string;
    readonly body?: unknown;
    readonly token?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
      ...init.headers,
    },
    ...(init.body === undefined
      ? {}
      : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
  });
  const text = await response.text();
  // The server answers with JSON everywhere below /api/v1.
  return {
    status: response.status,
    body: JSON.parse(text === '' ? 'null' : text) as Body,
    headers: response.headers,
  };
}

/** Makes a key, enrols with a fresh code and signs in. */
export async function aWorkstation(
  server: Pick<SyncServer, 'url' | 'code'>,
  given: { readonly storeId?: string; readonly kind?: 'pos' | 'kiosk' } = {},
): Promise<TestWorkstation> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const enrolled = await call<EnrolmentResponse>(`${server.url}/enrolments`, {
    body: {
      code: await server.code(given.storeId ?? 's1'),
      kind: given.kind ?? 'pos',
      name: 'Till',
      publicKey: pair.publicKey.export({ format: 'jwk' }),
    },
  });
  if (enrolled.status !== 200) throw new Error(`enrolment: ${JSON.stringify(enrolled.body)}`);
  const workstation: TestWorkstation = {
    id: enrolled.body.workstationId,
    number: enrolled.body.workstationNumber,
    storeId: enrolled.body.storeId,
    storeNumber: enrolled.body.storeNumber,
    privateKey: pair.privateKey,
    token: '',
    head: { epoch: 0, sequence: 0, hash: GENESIS_HASH },
    facts: [],
  };
  const signedIn = await signIn(server, workstation);
  if (signedIn.status !== 200) throw new Error(`sign in: ${JSON.stringify(signedIn.body)}`);
  return workstation;
}

export async function signIn(
  server: Pick<SyncServer, 'url'>,
  workstation: TestWorkstation,
): Promise<Answer<TokenResponse>> {
  const { body } = await call<{ challenge: string }>(`${server.url}/challenges`, {
    body: { workstationId: workstation.id },
  });
  const signature = sign('sha256', Buffer.from(`tillandsia-token:${body.challenge}`), {
    key: workstation.privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
  const answer = await call<TokenResponse>(`${server.url}/tokens`, {
    body: { workstationId: workstation.id, challenge: body.challenge, signature },
  });
  if (answer.status === 200) workstation.token = answer.body.token;
  return answer;
}

/** Writes the next entry of the journal; `epoch-started` opens the next epoch. */
export function write<Kind extends FactKind>(
  workstation: TestWorkstation,
  kind: Kind,
  body: FactBodies[Kind] | Record<string, unknown>,
  operatorId = 'operator-1',
): Fact {
  const { head } = workstation;
  const isOpening = kind === 'epoch-started';
  const fact = signedFact(workstation.privateKey, {
    id: randomUUID(),
    workstationId: workstation.id,
    storeId: workstation.storeId,
    epoch: isOpening ? head.epoch + 1 : head.epoch,
    sequence: isOpening ? 1 : head.sequence + 1,
    previousHash: head.hash,
    kind,
    recordedAt: '2026-03-02T10:00:00.000Z',
    ...(isOpening ? {} : { operatorId }),
    body,
  });
  workstation.head = { epoch: fact.epoch, sequence: fact.sequence, hash: fact.hash };
  workstation.facts.push(fact);
  return fact;
}

/** Hash and signature over the canonical text, as a workstation makes them. */
export function signedFact(
  key: KeyObject,
  content: Record<string, unknown>,
  preimage = canonicalJson(content),
): Fact {
  return {
    ...content,
    hash: createHash('sha256').update(preimage, 'utf8').digest('hex'),
    signature: sign('sha256', Buffer.from(preimage, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString(
      'base64url',
    ),
    // Tests write entries that are wrong on purpose; the server judges them.
  } as unknown as Fact;
}

export const open = (workstation: TestWorkstation): Fact =>
  write(workstation, 'epoch-started', { reason: 'enrolled', lost: null });

type SoldGiven = {
  readonly pieces?: number;
  readonly ordinal?: number;
  readonly note?: string;
  readonly tillSessionId?: string;
};

/** The next sale: `pieces` of the item at `ordinal`, 12.10 each, paid in cash to the cent. */
export function sell(workstation: TestWorkstation, given: SoldGiven = {}): Fact {
  const transaction = aTransaction(workstation, given);
  return write(workstation, 'transaction-completed', { transaction });
}

export function aTransaction(workstation: TestWorkstation, given: SoldGiven = {}): Record<string, unknown> {
  const { pieces = 1, ordinal = 0, note, tillSessionId } = given;
  const itemId = `item-${ordinal}`;
  const amounts = { netMinor: 1000 * pieces, taxMinor: 210 * pieces, grossMinor: 1210 * pieces };
  const component = {
    id: 'vat',
    name: 'VAT 21%',
    charge: { kind: 'percent', ratePpm: 210_000 },
    isIncludedInPrice: true,
    joinsLaterBases: false,
    takesEarlierTaxes: false,
  };
  return {
    id: randomUUID(),
    kind: 'sale',
    receiptNumber: receiptNumber({
      storeNumber: workstation.storeNumber,
      workstationNumber: workstation.number,
      epoch: workstation.head.epoch,
      sequence: workstation.head.sequence + 1,
    }),
    cartId: randomUUID(),
    storeId: workstation.storeId,
    workstationId: workstation.id,
    operatorId: 'operator-1',
    businessDay: '2026-03-02',
    completedAt: '2026-03-02T10:00:00.000Z',
    currency: 'EUR',
    ...(tillSessionId === undefined ? {} : { tillSessionId }),
    taxRules: { rounding: 'half-up', roundingPoint: 'rate' },
    lines: [
      {
        lineNumber: 1,
        direction: 'sale',
        itemId,
        sku: `TEA-${ordinal}`,
        name: { en: 'Tea', fa: 'چای' },
        unit: 'piece',
        quantityMilli: 1000 * pieces,
        unitPriceMinor: 1210,
        taxGroupId: 'standard',
        extendedMinor: 1210 * pieces,
        ...amounts,
        ...(note === undefined ? {} : { note }),
      },
    ],
    taxes: [
      {
        taxGroupId: 'standard',
        componentId: 'vat',
        letter: 'A',
        name: 'VAT 21%',
        ratePpm: 210_000,
        ...amounts,
      },
    ],
    tenders: [{ kind: 'cash', amountMinor: 1210 * pieces, tenderedMinor: 1210 * pieces, changeMinor: 0 }],
    totals: { ...amounts, cashRoundingMinor: 0 },
    stockMovements: [{ itemId, ordinal, quantityMilli: -1000 * pieces, reason: 'sale' }],
    taxGroups: { standard: { id: 'standard', name: 'Standard', letter: 'A', components: [component] } },
  };
}

export function push(
  server: Pick<SyncServer, 'url'>,
  workstation: TestWorkstation,
  facts: readonly unknown[],
): Promise<Answer<PushFactsResponse & Problem>> {
  return call(`${server.url}/facts`, { body: { facts }, token: workstation.token });
}
