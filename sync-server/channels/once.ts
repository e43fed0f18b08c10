// Idempotency keys: a request that arrives again is answered as the first time and does nothing; the same key with another request is
// refused. The place is taken before the work, so that two of the same at once do it once; whoever takes a place over after a
// crash makes the same ids again, and finds its own work done.

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';

const KEY = /^[\x21-\x7e]{8,128}$/u;
const IN_PROGRESS = 0;
/** A place whose holder has not answered for so long was left behind by a server that died. */
const TAKE_OVER_AFTER_SECONDS = 30;

export type Answer = { readonly status: number; readonly body: unknown };

type Row = {
  readonly request_hash: string;
  readonly status: number;
  readonly body: string;
  readonly is_left: boolean;
};

/** Does the work of a request once per caller and idempotency key. `id` is the same in every try. */
export async function answerOnce(
  database: Database,
  given: { readonly caller: ChannelCaller; readonly request: FastifyRequest; readonly reply: FastifyReply },
  work: (id: string) => Promise<Answer>,
): Promise<FastifyReply> {
  const { caller, request, reply } = given;
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw keyMissing();
  const place = { selector: caller.selector, key };
  const hash = sha256(`${request.method} ${request.url}\n${JSON.stringify(request.body)}`);
  const known = await takePlace(database, place, hash);
  if (known !== null) return send(reply.header('idempotent-replayed', 'true'), known);
  try {
    const answer = await work(idFrom(`${caller.selector}\n${key}`));
    await database.sql`
      update idempotent_answer set status = ${answer.status}, body = ${JSON.stringify(answer.body)}, at = now()
      where selector = ${place.selector} and idempotency_key = ${key}`;
    return send(reply, answer);
  } catch (error) {
    // Nothing was done: the same key may be tried again, with a better request too.
    await database.sql`
      delete from idempotent_answer
      where selector = ${place.selector} and idempotency_key = ${key} and status = ${IN_PROGRESS}`;
    throw error;
  }
}

/** The answer given before, or null when the place is ours now. */
async function takePlace(
  database: Database,
  { selector, key }: { readonly selector: string; readonly key: string },
  hash: string,
): Promise<Answer | null> {
  const { sql } = database;
  const taken = await sql`
    insert into idempotent_answer (selector, idempotency_key, request_hash, status, body)
    values (${selector}, ${key}, ${hash}, ${IN_PROGRESS}, '')
    on conflict (selector, idempotency_key) do nothing returning 1`;
  if (taken.length > 0) return null;
  const [row] = await sql<Row[]>`
    select request_hash, status, body, at < now() - make_interval(secs => ${TAKE_OVER_AFTER_SECONDS}) as is_left
    from idempotent_answer where selector = ${selector} and idempotency_key = ${key}`;
  if (row === undefined) throw inProgress();
  if (row.request_hash !== hash) throw keyReused();
  if (row.status !== IN_PROGRESS) return { status: row.status, body: JSON.parse(row.body) as unknown };
  if (!row.is_left) throw inProgress();
  const ours = await sql`
    update idempotent_answer set at = now()
    where selector = ${selector} and idempotency_key = ${key} and status = ${IN_PROGRESS}
      and at < now() - make_interval(secs => ${TAKE_OVER_AFTER_SECONDS}) returning 1`;
  if (ours.length === 0) throw inProgress();
  return null;
}

const send = (reply: FastifyReply, { status, body }: Answer): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A UUID (version 8) made of the text, the same whenever it is made. */
function idFrom(text: string): string {
  const hex = sha256(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const keyMissing = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'idempotency-key-missing',
    detail:
      'Send an idempotency-key header of 8 to 128 visible characters, new for each new request. Nothing was changed.',
  });

const keyReused = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'idempotency-key-reused',
    detail: 'This idempotency key came with another request before. Nothing was changed. Use a new key.',
  });

const inProgress = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'request-in-progress',
    detail: 'The same request is being done right now. Ask again in a moment with the same key.',
    retryAfterSeconds: 1,
  });
