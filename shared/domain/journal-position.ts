// Where an entry stands in the journal of its workstation.

/** A place in a journal. Order is (epoch, sequence), never a clock. */
export type JournalPosition = { readonly epoch: number; readonly sequence: number };
