// Turns whatever a route throws into a problem document: refusals as they are, wrong input as 4xx, a database
// that is away as 503 with a time to come back, and everything else as 500 without a word of its inside. The log
// gets the error; the caller gets a sentence.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { databaseErrorCode } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { problemOf, RequestRefused } from '../db/request-refused.ts';

const TRY_AGAIN_SECONDS = 2;

/** The driver and the system when no database answers; SQLSTATE when it answers that it cannot serve now. */
const DATABASE_AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // Disk full, out of memory, too many connections, shutting down, starting up, statement timeout.
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  // Serialization failures and deadlocks that went on through all tries.
  '40001',
  '40P01',
]);

type Known = { readonly status: number; readonly code: string; readonly detail: string };

const FASTIFY_ERRORS: Readonly<Record<string, Known>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body-too-large',
    detail: 'The request is larger than 1 MB. Nothing was changed. Send less at once.',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    status: 414,
    code: 'address-too-long',
    detail: 'A name in the address is longer than 256 characters, and none of ours is. Nothing was changed.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    code: 'address-unreadable',
    detail:
      'The address is not encoded as addresses are. Nothing was changed. Send it again, percent-encoded.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'body-not-json',
    detail: 'Requests are JSON (content-type: application/json). Nothing was changed.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'body-empty',
    detail: 'The request says it is JSON and is empty. Nothing was changed.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'body-cut-off',
    detail: 'The request is not as long as it says. Nothing was changed. Send it again.',
  },
};

/** Answers errors and unknown addresses of the whole app as problem documents. */
export function answerProblems(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = toRefusal(error);
    if (refused.statusCode >= 500) {
      log.error({ route: routeOf(request), code: refused.code, error: describe(error) }, 'request-failed');
    }
    return sendProblem(reply, refused);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(request.method)));
}

/** Sends a refusal as application/problem+json. */
export function sendProblem(reply: FastifyReply, refused: RequestRefused): FastifyReply {
  if (refused.retryAfterSeconds !== null) reply.header('retry-after', refused.retryAfterSeconds);
  return reply
    .code(refused.statusCode)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(refused)));
}

/** What the caller is told of an error. */
export function toRefusal(error: FastifyError): RequestRefused {
  if (error instanceof RequestRefused) return error;
  if (error.validation !== undefined) return invalid(error);
  const known = FASTIFY_ERRORS[error.code];
  if (known !== undefined) return new RequestRefused(known);
  if (isDatabaseAway(error)) return databaseAway();
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return new RequestRefused({
      status,
      code: 'bad-request',
      detail: 'The request cannot be read. Nothing was changed.',
    });
  }
  return new RequestRefused({
    status: 500,
    code: 'server-fault',
    detail:
      'The server met a fault of its own and stopped this request. What workstations hold is safe. ' +
      'Try again; if it goes on, look at the log of the server.',
  });
}

function isDatabaseAway(error: Error): boolean {
  // Between a crash of the built-in PostgreSQL and its restart its socket may not be there at all.
  if ('syscall' in error && error.syscall === 'connect') return true;
  return DATABASE_AWAY.has(databaseErrorCode(error));
}

function invalid(error: FastifyError): RequestRefused {
  const first = error.validation?.[0];
  const place = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
  return new RequestRefused({
    status: 400,
    code: 'request-invalid',
    detail: `${place} ${first?.message ?? 'is not as described'} (see /api/docs). Nothing was changed.`,
  });
}

const databaseAway = (): RequestRefused =>
  new RequestRefused({
    status: 503,
    code: 'database-unavailable',
    detail:
      'The database does not answer right now. Nothing was changed and nothing is lost: workstations keep what they sell ' +
      'and send it again by themselves.',
    retryAfterSeconds: TRY_AGAIN_SECONDS,
  });

const notFound = (method: string): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'address-unknown',
    detail: `There is nothing to ${method} at this address. See /api/docs for what there is.`,
  });

/** The route as it was declared: an address as it came may hold ids or words typed by people. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
