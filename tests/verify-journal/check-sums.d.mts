// Types of check-sums.mjs, for the tests that call it; the program itself is plain JavaScript.

export declare function sumFaults(transaction: unknown): string[];
