// POST /facts takes entries of the caller's journal; GET /facts gives them back to a workstation that has lost
// them. What a caller is told: its new head, and what became of each entry. Refusals carry the head as well, so
// that a till always knows where to go on.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { EMPTY_JOURNAL, compareJournalPositions } from '../../shared/domain/journal.ts';
import { LIST_MAX } from '../../shared/protocol/limits.ts';
import {
  ownFactsQuery,
  ownFactsResponse,
  pushFactsRequest,
  pushFactsResponse,
} from '../../shared/protocol/messages.ts';
import { callerOf, journalScope, type Caller } from '../db/caller.ts';
import type { Log } from '../db/log.ts';
import type { RateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { sqlInScopes } from '../db/row-scopes.ts';
import { quarantined, revoked } from '../db/standing-refusals.ts';
import type { AdmissionResult } from './admission.ts';
import { KINDS_OF_KIOSK, readEnvelope, type FactEnvelope } from './judge-fact.ts';
import type { ReplicationGiven } from './replication-given.ts';

const OVERLOADED_SECONDS = 2;

// Answers are sent as text, so the schemas of responses describe them in /api/docs and cost nothing.
const pushSchema = {
  tags: ['journal'],
  summary: 'Take entries of the own journal in',
  body: pushFactsRequest,
  response: { 200: pushFactsResponse },
};
const readSchema = {
  tags: ['journal'],
  summary: 'Give entries of the own journal back',
  querystring: ownFactsQuery,
  response: { 200: ownFactsResponse },
};

export function factsRoutes(root: FastifyInstance, given: ReplicationGiven, quota: RateLimit): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { admission, database, now } = given;
  const writers = { onRequest: given.requireToken({ scope: ['store', 'kiosk', 'manage'] }) };
  const readers = { onRequest: given.requireToken({ scope: ['store', 'kiosk', 'manage'] }) };

  app.post('/facts', { ...writers, schema: pushSchema }, async (request, reply) => {
    const caller = callerOf(request);
    const waitMs = quota.take(caller.workstationId, request.body.facts.length);
    if (waitMs > 0) throw tooOften(waitMs);
    const result = await admission.admit({
      workstationId: caller.workstationId,
      storeId: caller.storeId,
      callerKind: caller.kind,
      envelopes: readEnvelopes(request.body.facts, caller, given.log),
    });
    return answer(reply, result, new Date(now()).toISOString());
  });

  app.get('/facts', { ...readers, schema: readSchema }, async (request, reply) => {
    const { workstationId } = callerOf(request);
    const { epoch, afterSequence, limit = LIST_MAX.facts } = request.query;
    const rows = await sqlInScopes(database, [journalScope(workstationId)])<{ body: string }[]>`
      select body from fact
      where workstation_id = ${workstationId} and epoch = ${epoch} and sequence > ${afterSequence}
      order by sequence limit ${limit}`;
    const head = (await admission.headOf(workstationId)) ?? EMPTY_JOURNAL;
    const facts = rows.map((row) => row.body).join(',');
    return sendJson(reply, `{"facts":[${facts}],"head":${JSON.stringify(head)}}`);
  });
}

/** All facts as entries of the caller's own journal, in its order; refuses the request when one is not. */
function readEnvelopes(facts: readonly unknown[], caller: Caller, log: Log): readonly FactEnvelope[] {
  const envelopes = facts.map((fact, place) => {
    const envelope = readEnvelope(fact);
    if (envelope === null) throw malformed(place);
    if (envelope.workstationId !== caller.workstationId || envelope.storeId !== caller.storeId) {
      log.warn({ workstationId: caller.workstationId }, 'foreign-fact-refused');
      throw foreign(place);
    }
    if (caller.kind === 'kiosk' && !KINDS_OF_KIOSK.has(envelope.kind)) throw notForKiosks(place);
    return envelope;
  });
  return envelopes.sort(compareJournalPositions);
}

const sendJson = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(text);

function answer(reply: FastifyReply, result: AdmissionResult, serverTime: string): FastifyReply {
  switch (result.kind) {
    case 'admitted': {
      const { head, results } = result;
      return sendJson(reply, JSON.stringify({ head, results, serverTime }));
    }
    case 'forked':
      throw forked({ head: result.head, results: result.results });
    case 'broken':
      throw broken({ head: result.head, factId: result.factId });
    case 'not-genuine': {
      const before = result.before?.kind === 'admitted' ? result.before : null;
      throw notGenuine({ factId: result.factId, head: before?.head ?? null, results: before?.results ?? [] });
    }
    case 'unwelcome':
      throw result.reason === 'quarantined' ? quarantined() : revoked();
    case 'overloaded':
      throw overloaded();
  }
}

const malformed = (place: number): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'fact-malformed',
    detail: `facts[${place}] has no place in a journal (id, position, hash or signature). Nothing was taken in.`,
  });

const foreign = (place: number): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'fact-of-another-workstation',
    detail: `facts[${place}] belongs to another workstation or store. Nothing was taken in.`,
  });

const notForKiosks = (place: number): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'kind-not-allowed',
    detail: `facts[${place}] is of a kind that a kiosk may not write. Nothing was taken in.`,
  });

const forked = (extra: Readonly<Record<string, unknown>>): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'journal-forked',
    detail:
      'The server holds another entry in this place of the journal, so two devices use it, and the workstation was ' +
      'stopped. What it has sold stays on it and a copy is kept. Ask a manager to look at Needs attention.',
    extra,
  });

const broken = (extra: Readonly<Record<string, unknown>>): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'journal-rules-broken',
    detail: 'An entry opens an epoch where none may begin, or does not where one must. It was not taken in.',
    extra,
  });

const notGenuine = (extra: Readonly<Record<string, unknown>>): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'fact-not-genuine',
    detail:
      'The hash or signature of an entry is wrong. It and what follows was not taken in and stays on this device; ' +
      'what stood before it is safe.',
    extra,
  });

const overloaded = (): RequestRefused =>
  new RequestRefused({
    status: 503,
    code: 'server-busy',
    detail: `Too much is waiting to be written. Nothing is lost: it is sent again by itself in ${OVERLOADED_SECONDS} s.`,
    retryAfterSeconds: OVERLOADED_SECONDS,
  });
