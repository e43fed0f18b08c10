export function checkStatedPrices(
  transaction: { readonly pricedWith?: unknown; readonly lines: readonly object[] },
  expect: (is: boolean, sentence: string) => void,
): void;
