// The part of a pino logger that the server's modules use. Fields are events with ids and counts, never
// names, codes, tokens or other personal data.

type Write = (fields: Readonly<Record<string, unknown>>, event: string) => void;

export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
};

/** For tests and tools that print their own results. */
export const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} };
