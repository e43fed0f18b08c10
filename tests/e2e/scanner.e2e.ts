// A scanner that types like a keyboard: from anywhere, on any keyboard layout of the computer.

import { expect, test } from './fixtures.ts';

type Barcode = { code: string; sku: string };

test('codes are taken from anywhere, on a US, a Persian and a Russian layout', async ({ till, database }) => {
  const codes = await database<Barcode[]>`
    select ltrim(item_barcode.code, '0') as code, item.sku from item_barcode join item on item.id = item_barcode.item_id
      where item.body like '%"unit":"piece"%' and length(ltrim(item_barcode.code, '0')) = 13
        and (select count(*) from item_barcode other where other.code = item_barcode.code) = 1
      order by item.ordinal limit 3`;
  expect(codes).toHaveLength(3);
  await till.enrolAndSignOn();
  for (const [place, layout] of (['us', 'persian', 'russian'] as const).entries()) {
    const { code, sku } = codes[place] ?? { code: '', sku: '' };
    await till.scan(code, layout);
    await expect(till.find(`line-${place + 1}`)).toHaveAttribute('data-sku', sku);
  }

  // The same code again joins its line; in the search field it is taken as a scan and not left there as text.
  await till.find('search').click();
  await till.scan(codes[0]?.code ?? '');
  await expect(till.find('line-1-quantity').first()).toHaveAttribute('data-quantity-milli', '2000');
  await expect(till.find('search')).toHaveValue('');
  const told = await till.payExactly();
  expect(told.totalMinor).toBeGreaterThan(0);

  // The next scan starts the next sale.
  await till.scan(codes[1]?.code ?? '');
  await till.waitForScreen('sell');
  await expect(till.find('line-1')).toHaveAttribute('data-sku', codes[1]?.sku ?? '');
});

test('an unknown code is said and sells nothing', async ({ till }) => {
  await till.enrolAndSignOn();
  await till.scan('4006381333931');
  await expect(till.find('unknown-code-value')).toHaveText('4006381333931');
  await till.find('unknown-code-ok').click();
  expect(await till.lineCount()).toBe(0);
});
