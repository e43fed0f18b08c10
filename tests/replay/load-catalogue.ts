// Gives the server the items of an invoice file, each with its stock code as the sku, by the real import
// (`npm run import -- items FILE`) while the server runs. New items get one price; every line of the replay brings its
// own, as the file has it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../support/run-command.ts';
import type { ServerDatabase } from '../support/server-database.ts';

/** Imports one item per stock code; the answer is the item id of each code, and the last lines of the import. */
export async function loadCatalogue(
  given: { readonly dataFolder: string; readonly database: ServerDatabase },
  descriptions: ReadonlyMap<string, string>,
): Promise<{ readonly items: ReadonlyMap<string, string>; readonly said: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-catalogue-'));
  try {
    const file = path.join(folder, 'stock-codes.tsv');
    const rows = [...descriptions].map(([code, name]) => `${cell(code)}\t${cell(name === '' ? code : name)}`);
    writeFileSync(file, `sku\tname\n${rows.join('\n')}\n`);
    const { code, output } = await runCommand(
      process.execPath,
      ['--import', 'tsx', 'sync-server/import.ts', 'items', file, '--default-price', '1.00', '--strict'],
      { env: { TILLANDSIA_DATA: given.dataFolder } },
    );
    if (code !== 0) throw new Error(`the catalogue was not imported:\n${output}`);
    const stored = await given.database<{ sku: string; id: string }[]>`select sku, id from item`;
    const idOf = new Map(stored.map(({ sku, id }) => [sku, id]));
    const items = new Map<string, string>();
    for (const stockCode of descriptions.keys()) {
      const id = idOf.get(stockCode);
      if (id === undefined) throw new Error(`the import left out stock code ${stockCode}:\n${output}`);
      items.set(stockCode, id);
    }
    return { items, said: output.trimEnd().split('\n').at(-2) ?? '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Quoted where the file would be read otherwise; a name is one line. */
function cell(text: string): string {
  const line = text.replaceAll(/[\t\r\n]+/g, ' ');
  return line.includes('"') ? `"${line.replaceAll('"', '""')}"` : line;
}
