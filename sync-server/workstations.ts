// `tsx sync-server/workstations.ts`: what a manager does with workstations from the command line: see them, make an
// enrolment code, take one out of service, and let one work again that was stopped because its journal forked.

import { parseArgs } from 'node:util';
import { createEnrolmentCode } from './auth/enrolment-code.ts';
import { releaseWorkstation, revokeWorkstation } from './auth/standing.ts';
import type { Database } from './db/database.ts';
import { loadInstallation } from './db/installation.ts';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { StartRefused } from './db/start-refused.ts';
import { openData } from './open-data.ts';
import { readSettings, SETTINGS_HELP } from './settings.ts';

const HELP = `Usage: npx tsx sync-server/workstations.ts COMMAND

  list             every workstation: store, number, kind, newest entry, standing
  code STORE       a code that enrols one workstation in the store within 10 minutes
  revoke ID        takes a workstation out of service (holds everywhere within a minute)
  release ID       lets a workstation work again that was taken out of service, or stopped because two devices used its
                   journal; what it still has to deliver then comes in

Works while the server runs. What a workstation has sold stays, whatever is done here.

${SETTINGS_HELP}`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [command, subject] = positionals;
  if (values.help === true || command === undefined) {
    process.stdout.write(`${HELP}\n`);
    return values.help === true ? 0 : 1;
  }
  const settings = readSettings(process.env, process.cwd());
  const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: false });
  try {
    await migrate(data.database);
    const { isDone, text } = await run(data.database, command, subject ?? '');
    process.stdout.write(`${text}\n`);
    return isDone ? 0 : 1;
  } finally {
    await data.close();
  }
}

type Outcome = { readonly isDone: boolean; readonly text: string };

async function run(database: Database, command: string, subject: string): Promise<Outcome> {
  switch (command) {
    case 'list':
      return { isDone: true, text: await listing(database) };
    case 'code':
      return makeCode(database, subject);
    case 'revoke':
      return told(await revokeWorkstation(database, subject), `${subject} is out of service.`);
    case 'release':
      return told(await releaseWorkstation(database, subject), `${subject} may work again.`);
    default:
      return { isDone: false, text: `There is no command "${command}". See --help.` };
  }
}

function told(isDone: boolean, text: string): Outcome {
  return { isDone, text: isDone ? text : 'There is no workstation with this id. See "list".' };
}

async function makeCode(database: Database, storeId: string): Promise<Outcome> {
  const stores = await database.sql`select id from store where id = ${storeId} and kind = 'shop'`;
  if (stores.length === 0) return { isDone: false, text: 'There is no shop with this id. See "list".' };
  const { secret } = await loadInstallation(database);
  return { isDone: true, text: await createEnrolmentCode(database, { storeId, secret }) };
}

async function listing(database: Database): Promise<string> {
  const rows = await database.sql<{ line: string }[]>`
    select concat_ws('  ', s.id, coalesce(w.number::text, '-'), coalesce(w.kind, 'no workstation'), w.id, w.name,
             case when w.id is not null then 'epoch ' || w.head_epoch || ' entry ' || w.head_sequence end,
             case when w.revoked_at is not null then 'OUT OF SERVICE'
                  when w.quarantined_at is not null then 'STOPPED, see Needs attention' end) as line
    from store s left join workstation w on w.store_id = s.id
    where s.kind = 'shop' order by s.number, w.number`;
  return rows.map((row) => row.line).join('\n');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  const sentences = problem instanceof StartRefused ? problem.sentences : [String(problem)];
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = 1;
}
