// `npm run export -- KIND … TARGET`: writes the journals out for people, auditors and the tax office. Reads only, also while
// the server runs, in one snapshot of the database, so that all tables of an export belong together.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { inTransaction } from './db/database.ts';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { StartRefused } from './db/start-refused.ts';
import type { ExportTotals } from './journal-export/export-totals.ts';
import { readShops, type ExportedShop } from './journal-export/read-journals.ts';
import { writeCsv } from './journal-export/write-csv.ts';
import { writeDsfinvk } from './journal-export/write-dsfinvk.ts';
import { writeJson } from './journal-export/write-json.ts';
import { openData } from './open-data.ts';
import { readSettings, SETTINGS_HELP } from './settings.ts';

const HELP = `npm run export -- KIND [--from DAY] [--to DAY] [--store NUMBER] TARGET

  json FILE         journals entry by entry, signed and chained: npm run verify-journal -- FILE proves them.
                    A journal proves itself from its first entry on, so --from is not taken here.
  csv FOLDER        transactions, lines, taxes, tenders and closings as tables for a spreadsheet
  dsfinv-k FOLDER   the tables of DSFinV-K 2.3 with index.xml, by closing

  --from, --to      trading days, such as 2026-03-31; both are included
  --store           number or id of one store; default: all of them

Closings are compared with the entries they were made from. Ends with "N passed, N failed, N unsupported"; a closing
that its entries do not come to counts as failed and is named, and is exported as it stands.

${SETTINGS_HELP}`;

const KINDS = ['json', 'csv', 'dsfinv-k'] as const;
type Kind = (typeof KINDS)[number];
type Wishes = {
  readonly kind: Kind;
  readonly target: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly store: string | null;
};

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      from: { type: 'string' },
      to: { type: 'string' },
      store: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const wishes = readWishes(values, positionals);
  const data = await openData(readSettings(process.env, process.cwd()), {
    log: SILENT_LOG,
    random: Math.random,
    alone: false,
  });
  try {
    if (!data.isServerRunning) await migrate(data.database);
    return await inTransaction(
      data.database,
      async ({ sql }) => {
        await sql`set local statement_timeout = 0`;
        const shops = await readShops(sql, wishes.store);
        if (shops.length === 0) throw new StartRefused('There is no such store. Nothing was written.');
        return await write(sql, shops, wishes);
      },
      { isolation: 'repeatable read', isReadOnly: true },
    );
  } finally {
    await data.close();
  }
}

async function write(
  sql: Parameters<typeof readShops>[0],
  shops: readonly ExportedShop[],
  wishes: Wishes,
): Promise<number> {
  const { kind, target, from, to } = wishes;
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  switch (kind) {
    case 'json': {
      say(`${await writeJson(sql, shops, { file: target, to })} entries in ${target}`);
      return 0;
    }
    case 'csv': {
      say(`${await writeCsv(sql, shops, { folder: target, period: { from, to } })} rows in ${target}`);
      return 0;
    }
    case 'dsfinv-k': {
      const totals = await writeDsfinvk(sql, shops, { folder: target, period: { from, to } });
      return tell(totals, say, target);
    }
  }
}

function tell(totals: ExportTotals, say: (text: string) => void, target: string): number {
  const { closings, rows, problems, unclosed } = totals;
  for (const problem of problems) say(problem);
  if (unclosed.transactions > 0) {
    say(`${unclosed.transactions} transactions stand on no closing yet and are not in the export`);
  }
  if (unclosed.kept > 0) say(`${unclosed.kept} entries do not fit their schema and are not in the export`);
  say(`${closings} closings, ${rows} rows in ${target}`);
  const wrong = new Set(problems.map((problem) => problem.split(':')[0])).size;
  say(`${closings - wrong} passed, ${wrong} failed, 0 unsupported`);
  return wrong === 0 ? 0 : 1;
}

function readWishes(
  values: { readonly from?: string; readonly to?: string; readonly store?: string },
  positionals: readonly string[],
): Wishes {
  const [named, target, ...rest] = positionals;
  const kind = KINDS.find((each) => each === named);
  if (kind === undefined || target === undefined || rest.length > 0) {
    throw new StartRefused(
      'Say what is exported and where to: npm run export -- csv FOLDER. `--help` says more.',
    );
  }
  for (const day of [values.from, values.to]) {
    if (day === undefined || (/^\d{4}-\d{2}-\d{2}$/u.test(day) && !Number.isNaN(Date.parse(day)))) continue;
    throw new StartRefused(`"${day}" is no day. Write it as 2026-03-31.`);
  }
  if (kind === 'json' && values.from !== undefined) {
    throw new StartRefused('A journal proves itself from its first entry on: leave --from away for json.');
  }
  const { from = null, to = null, store = null } = values;
  return { kind, target: path.resolve(target), from, to, store };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  const isForPeople = problem instanceof StartRefused || (problem instanceof TypeError && 'code' in problem);
  process.stderr.write(`${isForPeople ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
}
