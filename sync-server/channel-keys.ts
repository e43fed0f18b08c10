// `tsx sync-server/channel-keys.ts`: keys for channels (web shop, app, call-centre): see them, make one, take one back. A key is
// shown once, when it is made.

import { parseArgs } from 'node:util';
import {
  CHANNEL_SCOPES,
  makeApiKey,
  PUBLISHED_PER_MINUTE,
  publishApiKey,
  revokeApiKey,
  type ChannelScope,
} from './channels/api-keys.ts';
import type { Database } from './db/database.ts';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { StartRefused } from './db/start-refused.ts';
import { openData } from './open-data.ts';
import { readSettings, SETTINGS_HELP } from './settings.ts';
import { ORDER_CHANNELS, type OrderChannel } from '../shared/domain/order/order.ts';

const HELP = `Usage: npx tsx sync-server/channel-keys.ts COMMAND

  list                                     every key: first part, name, channel, scopes, standing
  make CHANNEL NAME [--scopes A,B] [--per-minute N]
                                           a new key; CHANNEL is one of ${ORDER_CHANNELS.join(', ')}
                                           scopes: ${CHANNEL_SCOPES.join(', ')} (all by default)
  publish CHANNEL NAME [--per-minute N]    a key for everybody: opens the shop at /shop/ (revoke it to close the shop)
  revoke SELECTOR                          takes a key back (holds everywhere within ten seconds)

Works while the server runs.

${SETTINGS_HELP}`;

const PER_MINUTE = 600;
const PER_MINUTE_MAX = 1_000_000;

type Outcome = { readonly isDone: boolean; readonly text: string };

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean' }, scopes: { type: 'string' }, 'per-minute': { type: 'string' } },
    allowPositionals: true,
  });
  const [command, ...subjects] = positionals;
  if (values.help === true || command === undefined) {
    process.stdout.write(`${HELP}\n`);
    return values.help === true ? 0 : 1;
  }
  const settings = readSettings(process.env, process.cwd());
  const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: false });
  try {
    await migrate(data.database);
    const options = {
      scopes: values.scopes ?? CHANNEL_SCOPES.join(','),
      perMinute: values['per-minute'] ?? null,
    };
    const { isDone, text } = await run(data.database, { command, subjects, ...options });
    process.stdout.write(`${text}\n`);
    return isDone ? 0 : 1;
  } finally {
    await data.close();
  }
}

type Asked = {
  readonly command: string;
  readonly subjects: readonly string[];
  readonly scopes: string;
  readonly perMinute: string | null;
};

async function run(database: Database, asked: Asked): Promise<Outcome> {
  const [subject = '', name = ''] = asked.subjects;
  switch (asked.command) {
    case 'list':
      return { isDone: true, text: await listing(database) };
    case 'make':
      return make(database, {
        channel: subject,
        name,
        scopes: asked.scopes.split(','),
        perMinute: Number(asked.perMinute ?? PER_MINUTE),
      });
    case 'publish':
      return publish(database, {
        channel: subject,
        name,
        perMinute: Number(asked.perMinute ?? PUBLISHED_PER_MINUTE),
      });
    case 'revoke': {
      const isDone = await revokeApiKey(database, subject);
      return {
        isDone,
        text: isDone ? `${subject} does not work any more.` : 'There is no such key. See "list".',
      };
    }
    default:
      return { isDone: false, text: `There is no command "${asked.command}". See --help.` };
  }
}

const NOT_POSSIBLE: Outcome = {
  isDone: false,
  text: 'Channel, name, scopes or rate are not possible. See --help.',
};
const isRate = (perMinute: number): boolean =>
  Number.isSafeInteger(perMinute) && perMinute >= 1 && perMinute <= PER_MINUTE_MAX;
const isChannel = (text: string): text is OrderChannel => ORDER_CHANNELS.some((channel) => channel === text);
const isScope = (text: string): text is ChannelScope => CHANNEL_SCOPES.some((scope) => scope === text);

async function make(
  database: Database,
  given: {
    readonly channel: string;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly perMinute: number;
  },
): Promise<Outcome> {
  const { channel, name, perMinute } = given;
  const scopes = given.scopes.filter(isScope);
  const isFit = isChannel(channel) && name.trim() !== '' && scopes.length === given.scopes.length;
  if (!isFit || !isRate(perMinute)) return NOT_POSSIBLE;
  return { isDone: true, text: await makeApiKey(database, { channel, name, scopes, perMinute }) };
}

async function publish(
  database: Database,
  given: { readonly channel: string; readonly name: string; readonly perMinute: number },
): Promise<Outcome> {
  const { channel, name, perMinute } = given;
  if (!isChannel(channel) || name.trim() === '' || !isRate(perMinute)) return NOT_POSSIBLE;
  return { isDone: true, text: await publishApiKey(database, { channel, name, perMinute }) };
}

async function listing(database: Database): Promise<string> {
  const rows = await database.sql<{ line: string }[]>`
    select concat_ws('  ', selector, name, channel, scopes, per_minute || '/min',
             case when is_published then 'PUBLISHED' end, case when revoked_at is not null then 'TAKEN BACK' end) as line
    from api_key order by made_at, selector`;
  return rows.map((row) => row.line).join('\n');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  const sentences = problem instanceof StartRefused ? problem.sentences : [String(problem)];
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = 1;
}
