// Types of the verifier for the tests that drive it; the program itself is plain JavaScript on purpose.

export type KnownHead = { readonly epoch: number; readonly sequence: number; readonly hash: string };

export type JournalResult = {
  readonly workstation: string | null;
  readonly entries: number;
  readonly transactions: number;
  readonly head: KnownHead | null;
  readonly fault: null | {
    readonly line: number | null;
    readonly epoch: number | null;
    readonly sequence: number | null;
    readonly sentence: string;
  };
};

export function verifyExport(
  text: string,
  given?: { readonly knownHeads?: Readonly<Record<string, KnownHead>> },
): JournalResult[];
