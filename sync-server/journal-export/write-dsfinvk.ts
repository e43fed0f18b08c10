// A folder of DSFinV-K: all tables (also those that stay empty, with their header), index.xml, and the closings whose
// trading day lies in the period.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sql, TransactionSql } from '../db/sql.ts';
import { closedSessions, type Unclosed } from './closed-sessions.ts';
import { DSFINVK_STYLE, openTable, type TableFile } from './csv-text.ts';
import { exportClosing, registerIdOf } from './dsfinvk-closing.ts';
import { columnNames, DSFINVK_TABLES, indexXml, type DsfinvkTable } from './dsfinvk-tables.ts';
import { isInPeriod, type ExportTotals, type Period } from './export-totals.ts';
import { entriesOf, type ExportedShop } from './read-journals.ts';

export async function writeDsfinvk(
  sql: Sql | TransactionSql,
  shops: readonly ExportedShop[],
  given: { readonly folder: string; readonly period: Period },
): Promise<ExportTotals> {
  const { folder, period } = given;
  await mkdir(folder, { recursive: true });
  const files = new Map<DsfinvkTable, TableFile>();
  // Proof of the cast: the keys of the object that the type is made of.
  for (const table of Object.keys(DSFINVK_TABLES) as DsfinvkTable[]) {
    files.set(table, await openTable(path.join(folder, `${table}.csv`), columnNames(table), DSFINVK_STYLE));
  }
  const unclosed: Unclosed = { transactions: 0, kept: 0 };
  const problems: string[] = [];
  let closings = 0;
  for (const shop of shops) {
    for (const workstation of shop.workstations) {
      for await (const session of closedSessions(entriesOf(sql, workstation.id), unclosed)) {
        const { z } = session.closing.body;
        if (!isInPeriod(z.businessDays.at(-1) ?? '', period)) continue;
        const closing = exportClosing(shop, workstation, session);
        for (const { table, cells } of closing.rows) await files.get(table)?.write(cells);
        closings += 1;
        problems.push(
          ...closing.differences.map((each) => `${registerIdOf(shop, workstation)} Z ${z.number}: ${each}`),
        );
      }
    }
  }
  await Promise.all([...files.values()].map((file) => file.close()));
  const [first] = shops;
  await writeFile(
    path.join(folder, 'index.xml'),
    indexXml({ name: first?.store.name ?? '', location: first?.store.addressLines.join(', ') ?? '' }),
  );
  const rows = [...files.values()].reduce((sum, file) => sum + file.rows(), 0);
  return { closings, rows, problems, unclosed };
}
