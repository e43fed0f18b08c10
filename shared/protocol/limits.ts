// The limits and names of the protocol as plain constants, free of any import, so that a till can use them
// without loading the schema builder.

/** Characters; a text above its limit is refused at input and marked when it reaches the server. */
export const TEXT_MAX = { id: 64, code: 64, name: 200, note: 500, path: 300, long: 2000 } as const;

/** Elements; a list above its limit makes the document invalid. */
export const LIST_MAX = {
  facts: 200,
  pushedDocuments: 200,
  pulledDocuments: 1000,
  lines: 2000,
  taxes: 64,
  tenders: 16,
  movements: 2000,
  components: 8,
  barcodes: 32,
  categories: 500,
  printers: 50,
  serverKeys: 4,
  terminals: 50,
  addressLines: 8,
  permissions: 32,
  modifiers: 32,
  /** Promotions that may have touched one line, besides what people decided. */
  appliedModifiers: 200,
  discounts: 16,
  coupons: 20,
  serials: 1000,
  customerGroups: 32,
  bundleComponents: 64,
  subjectValues: 16,
  denominations: 64,
  taxRows: 500,
  instalments: 61,
  /** Currencies of one drawer, and rates of one store with their history. */
  foreignCurrencies: 32,
  exchangeRates: 500,
  scopedIds: 2000,
  conditions: 16,
  tiers: 32,
  channels: 16,
  workstations: 1000,
} as const;

/** Bytes of one request body, and nesting depth of the JSON in it. */
export const BODY_MAX_BYTES = 1_000_000;
export const JSON_DEPTH_MAX = 12;
/** Bytes of one print job before base64. */
export const PRINT_JOB_MAX_BYTES = 500_000;
export const ITEMS_PER_PAGE = 256;
/** Ceilings of a journal position; RxDB indexes need them, and no shop reaches them. */
export const EPOCH_MAX = 99_999;
export const SEQUENCE_MAX = 999_999_999;

/** Header that carries the protocol number of the caller. */
export const PROTOCOL_HEADER = 'x-tillandsia-protocol';
/** What a workstation signs to get a token. */
export const tokenPreimage = (challenge: string): string => `tillandsia-token:${challenge}`;

/** Id of a catalogue page: its number in six digits. */
export const cataloguePageId = (page: number): string => String(page).padStart(6, '0');
/** Id of a stock page of a store. */
export const stockPageId = (page: number): string => `p${cataloguePageId(page)}`;
/** The one settings document of a store. */
export const SETTINGS_ID = 'store';
export const rightsPageId = (page: number): string => `r${cataloguePageId(page)}`;
