// Requests and responses of the API below /api/v1. Names of the constants say which; every object is closed.

import {
  Array,
  Boolean,
  Integer,
  Literal,
  Null,
  Object,
  Optional,
  Record,
  String,
  Union,
  Unknown,
  type Static,
} from 'typebox';
import * as bound from './bounds.ts';
import * as limit from './limits.ts';
import { journalHead } from './fact.ts';

const closed = { additionalProperties: false } as const;

/** Errors: RFC 9457 problem documents with a stable code; `detail` is a sentence for people. */
export const problem = Object({
  type: String(),
  title: String(),
  status: Integer(),
  code: String(),
  detail: String(),
});
export type Problem = Static<typeof problem>;

export const statusResponse = Object(
  {
    product: Literal('tillandsia'),
    role: Union([Literal('head-office'), Literal('hub')]),
    isDemo: Boolean(),
    protocol: Object({ current: Integer(), oldest: Integer(), hash: bound.hash }, closed),
    serverTime: bound.instant,
  },
  closed,
);
export type StatusResponse = Static<typeof statusResponse>;

export const workstationKind = Union([Literal('pos'), Literal('kiosk')]);
export type WorkstationKind = Static<typeof workstationKind>;

export const demoCodeResponse = Object({ code: String({ maxLength: 8 }) }, closed);
export type DemoCodeResponse = Static<typeof demoCodeResponse>;

/** The public half of the workstation's P-256 key, as WebCrypto exports it. */
export const publicKeyJwk = Object(
  {
    kty: Literal('EC'),
    crv: Literal('P-256'),
    x: String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 }),
    y: String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 }),
    ext: Optional(Boolean()),
    key_ops: Optional(Array(String({ maxLength: 16 }), { maxItems: 4 })),
  },
  closed,
);
export type PublicKeyJwk = Static<typeof publicKeyJwk>;

export const enrolmentRequest = Object(
  {
    code: String({ minLength: 1, maxLength: 32 }),
    kind: workstationKind,
    name: String({ minLength: 1, maxLength: limit.TEXT_MAX.name }),
    publicKey: publicKeyJwk,
  },
  closed,
);
export type EnrolmentRequest = Static<typeof enrolmentRequest>;
export const enrolmentResponse = Object(
  {
    workstationId: bound.workstationId,
    workstationNumber: Integer({ minimum: 1, maximum: 999_999 }),
    storeId: bound.storeId,
    storeNumber: Integer({ minimum: 1, maximum: 999_999 }),
    epoch: Literal(1),
  },
  closed,
);
export type EnrolmentResponse = Static<typeof enrolmentResponse>;

export const challengeRequest = Object({ workstationId: bound.workstationId }, closed);
export type ChallengeRequest = Static<typeof challengeRequest>;
export const challengeResponse = Object(
  { challenge: String({ maxLength: 512 }), expiresAt: bound.instant },
  closed,
);
export type ChallengeResponse = Static<typeof challengeResponse>;

export const tokenRequest = Object(
  {
    workstationId: bound.workstationId,
    challenge: String({ minLength: 1, maxLength: 512 }),
    signature: bound.signature,
  },
  closed,
);
export type TokenRequest = Static<typeof tokenRequest>;
export const tokenResponse = Object(
  {
    token: String({ maxLength: 4096 }),
    expiresAt: bound.instant,
    serverTime: bound.instant,
    head: journalHead,
  },
  closed,
);
export type TokenResponse = Static<typeof tokenResponse>;

/** The door checks the list; each fact is judged on its own, so that a poisoned one is kept and not refused. */
export const pushFactsRequest = Object(
  { facts: Array(Unknown(), { minItems: 1, maxItems: limit.LIST_MAX.facts }) },
  closed,
);
export const pushOutcome = Union([
  /** Taken in now. */
  Literal('accepted'),
  /** Taken in before; nothing changed. */
  Literal('repeated'),
  /** Taken in; its money does not recompute here and is shown in Needs attention. */
  Literal('disputed'),
  /** Taken in as it came, although it does not fit the schema; shown in Needs attention. */
  Literal('kept'),
  /** Another entry holds this place: the journal is forked, the workstation is quarantined. */
  Literal('conflict'),
  /** Not taken in: an entry before it is missing. Send again from `head`. */
  Literal('gap'),
]);
export type PushOutcome = Static<typeof pushOutcome>;
export const pushFactsResponse = Object(
  {
    head: journalHead,
    results: Array(Object({ id: String(), outcome: pushOutcome }, closed)),
    serverTime: bound.instant,
  },
  closed,
);
export type PushFactsResponse = Static<typeof pushFactsResponse>;

export const ownFactsQuery = Object(
  {
    epoch: Integer({ minimum: 1, maximum: limit.EPOCH_MAX }),
    afterSequence: Integer({ minimum: 0, maximum: limit.SEQUENCE_MAX }),
    limit: Optional(Integer({ minimum: 1, maximum: limit.LIST_MAX.facts })),
  },
  closed,
);
export type OwnFactsQuery = Static<typeof ownFactsQuery>;
export const ownFactsResponse = Object({ facts: Array(Unknown()), head: journalHead }, closed);
export type OwnFactsResponse = Static<typeof ownFactsResponse>;

/** Collections that a workstation pulls. */
export const PULLED_COLLECTIONS = [
  'stock',
  'staff',
  'settings',
  'customers',
  'orders',
  'carts',
  'catalogue_pages',
  'promotions',
  'attention',
] as const;
export type PulledCollection = (typeof PULLED_COLLECTIONS)[number];

export const pullQuery = Object(
  {
    checkpoint: Optional(String({ maxLength: 2048 })),
    limit: Optional(Integer({ minimum: 1, maximum: limit.LIST_MAX.pulledDocuments })),
  },
  closed,
);
export type PullQuery = Static<typeof pullQuery>;
export const pullCheckpoint = Object({ position: String({ maxLength: 2048 }) }, closed);
/** Opaque: made by the server, handed back as it came. */
export type PullCheckpoint = Static<typeof pullCheckpoint>;
export type PullResponse<Document> = {
  readonly documents: readonly (Document & { readonly _deleted: boolean })[];
  readonly checkpoint: PullCheckpoint;
};
export const pullResponse = Object({ documents: Array(Unknown()), checkpoint: pullCheckpoint }, closed);

/** RxDB push rows; the answer is the list of master documents that were newer than assumed. */
export const pushDocumentsRequest = Array(
  Object({ newDocumentState: Unknown(), assumedMasterState: Optional(Unknown()) }, closed),
  { minItems: 1, maxItems: limit.LIST_MAX.pushedDocuments },
);
export type PushDocumentsRequest = Static<typeof pushDocumentsRequest>;
export const pushDocumentsResponse = Array(Unknown());

/** Data of the `changed` event of the stream: newest position per scope, and what changed there. */
export const changedEvent = Object(
  {
    positions: Record(String(), Integer()),
    collections: Array(String()),
    serverTime: bound.instant,
  },
  closed,
);
export type ChangedEvent = Static<typeof changedEvent>;
export const pingEvent = Object({ serverTime: bound.instant }, closed);
export type PingEvent = Static<typeof pingEvent>;

export const snapshotResponse = Object(
  {
    url: String({ maxLength: limit.TEXT_MAX.path }),
    position: bound.count,
    pages: bound.count,
    items: bound.count,
    bytes: bound.count,
  },
  closed,
);
export type SnapshotResponse = Static<typeof snapshotResponse>;
/** Line 1 of a snapshot file; a page document stands on each line after it. */
export const snapshotHeader = Object(
  { checkpoint: pullCheckpoint, pages: bound.count, items: bound.count },
  closed,
);
export type SnapshotHeader = Static<typeof snapshotHeader>;

export const printRequest = Object(
  {
    printerId: bound.printerId,
    bytesBase64: String({
      minLength: 1,
      maxLength: Math.ceil(limit.PRINT_JOB_MAX_BYTES / 3) * 4,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
    }),
    jobId: bound.plainId,
    /** Later than this after it was accepted, it is not printed any more (a drawer's pulse). */
    validForMs: Optional(Integer({ minimum: 1, maximum: 86_400_000 })),
  },
  closed,
);
export type PrintRequest = Static<typeof printRequest>;
export const printResponse = Object(
  {
    outcome: Literal('sent'),
    jobId: bound.plainId,
    /** True where the printer said that all of it is on paper. */
    isOnPaper: Optional(Boolean()),
  },
  closed,
);
export type PrintResponse = Static<typeof printResponse>;

/** How a printer is; `silent` for one that took the connection and does not say. */
export const printerStatusResponse = Object(
  {
    outcome: Union([Literal('says'), Literal('silent')]),
    paper: Optional(Union([Literal('loaded'), Literal('near-end'), Literal('out')])),
    isCoverOpen: Optional(Boolean()),
    fault: Optional(
      Union([Literal('none'), Literal('recoverable'), Literal('overheated'), Literal('unrecoverable')]),
    ),
    isOffline: Optional(Boolean()),
    drawer: Optional(Union([Literal('low'), Literal('high')])),
  },
  closed,
);
export type PrinterStatusResponse = Static<typeof printerStatusResponse>;

/** A block of tracking codes (domain/order/tracking-code.ts). */
export const codeBlockResponse = Object({ block: bound.count }, closed);
export type CodeBlockResponse = Static<typeof codeBlockResponse>;

const storeTill = Object(
  { workstationId: bound.workstationId, workstationNumber: bound.count, name: bound.name },
  closed,
);
export type StoreTill = Static<typeof storeTill>;
/** Tills of the caller's store, by number. */
export const storeTillsResponse = Object(
  { tills: Array(storeTill, { maxItems: limit.LIST_MAX.workstations }) },
  closed,
);

export const priceChangeRequest = Object(
  { priceMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }) },
  closed,
);
export type PriceChangeRequest = Static<typeof priceChangeRequest>;

/** Claims of a token besides those of RFC 7519; `sub` is the workstation. */
export const tokenClaims = Object({
  sub: bound.workstationId,
  storeId: bound.storeId,
  kind: Union([Literal('pos'), Literal('kiosk'), Literal('server')]),
  scopes: Array(String({ maxLength: 100 }), { maxItems: 8 }),
  manage: Optional(Union([Boolean(), Null()])),
});
export type TokenClaims = Static<typeof tokenClaims>;
