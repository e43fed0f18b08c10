// Routes of enrolment and sign-in, all without a token: rate limits by address stand in its place.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { EMPTY_JOURNAL } from '../../shared/domain/journal.ts';
import * as messages from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/versions.ts';
import { createRateLimit, type RateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { quarantined, revoked } from '../db/standing-refusals.ts';
import { checkProtocol, type Authority } from './authority.ts';
import { challengeExpiry, isSignedByWorkstation, makeChallenge, takeChallenge } from './challenges.ts';
import { enrolWorkstation } from './enrol-workstation.ts';
import { createEnrolmentCode, normaliseCode } from './enrolment-code.ts';

export type AuthRoutesGiven = {
  readonly authority: Authority;
  readonly newId: () => string;
  readonly role: 'head-office' | 'hub';
  /** Store that "Use the demo store" enrols into; null outside demo mode. */
  readonly demoStoreId: () => string | null;
};

const iso = (ms: number): string => new Date(ms).toISOString();

export async function authRoutes(root: FastifyInstance, given: AuthRoutesGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { authority } = given;
  const { database, now, log } = authority;
  const enrolments = createRateLimit({ burst: 1_000, perMinute: 600, now });
  // All tills of a chain may stand behind one address and come back in the same minute.
  const signIns = createRateLimit({ burst: 24_000, perMinute: 12_000, now });
  const signInsOfWorkstation = createRateLimit({ burst: 60, perMinute: 30, now });
  const wrongCodes = createRateLimit({ burst: 10, perMinute: 1, now });
  const demoCodes = createRateLimit({ burst: 1_000, perMinute: 600, now });

  app.get(
    '/status',
    {
      schema: {
        tags: ['sign-in'],
        summary: 'Who serves here, and which protocol',
        response: { 200: messages.statusResponse },
      },
    },
    () => ({
      product: 'tillandsia' as const,
      role: given.role,
      isDemo: given.demoStoreId() !== null,
      protocol: { current: PROTOCOL.current, oldest: PROTOCOL.oldest, hash: PROTOCOL.hash },
      serverTime: iso(now()),
    }),
  );

  app.post(
    '/demo/enrolment-code',
    {
      schema: {
        tags: ['sign-in'],
        summary: 'A code for the demo store',
        response: { 200: messages.demoCodeResponse },
      },
    },
    async (request) => {
      const storeId = given.demoStoreId();
      if (storeId === null) throw notADemo();
      limit(demoCodes, request.ip);
      return {
        code: await createEnrolmentCode(database, { storeId, secret: authority.secret }),
      };
    },
  );

  app.post(
    '/enrolments',
    {
      schema: {
        tags: ['sign-in'],
        summary: 'Enrol a workstation by code',
        body: messages.enrolmentRequest,
        response: { 200: messages.enrolmentResponse },
      },
    },
    async (request) => {
      checkProtocol(request);
      limit(enrolments, request.ip);
      const waitMs = wrongCodes.wait(request.ip);
      if (waitMs > 0) throw tooOften(waitMs);
      const code = normaliseCode(request.body.code);
      const newId = given.newId();
      const enrolled =
        code === null
          ? null
          : await enrolWorkstation(database, {
              secret: authority.secret,
              code,
              request: request.body,
              newId,
            });
      if (enrolled === null) {
        wrongCodes.take(request.ip);
        log.warn({}, 'enrolment-refused');
        throw codeRefused();
      }
      log.info({ workstationId: newId, storeId: enrolled.storeId }, 'workstation-enrolled');
      return enrolled;
    },
  );

  app.post(
    '/challenges',
    {
      schema: {
        tags: ['sign-in'],
        summary: 'A challenge to sign',
        body: messages.challengeRequest,
        response: { 200: messages.challengeResponse },
      },
    },
    async (request) => {
      checkProtocol(request);
      limit(signIns, request.ip);
      limit(signInsOfWorkstation, request.body.workstationId);
      const challenge = await makeChallenge(database, request.body.workstationId);
      return { challenge, expiresAt: challengeExpiry(now()) };
    },
  );

  app.post(
    '/tokens',
    {
      schema: {
        tags: ['sign-in'],
        summary: 'A token for a signed challenge',
        body: messages.tokenRequest,
        response: { 200: messages.tokenResponse },
      },
    },
    async (request) => {
      checkProtocol(request);
      limit(signIns, request.ip);
      const { workstationId, challenge } = request.body;
      const isOpen = await takeChallenge(database, { challenge, workstationId });
      authority.standings.forget(workstationId);
      const standing = await authority.standings.of(workstationId);
      if (!isOpen || standing === null || !isSignedByWorkstation(standing.publicKey, request.body)) {
        log.warn({ isOpen, isKnown: standing !== null }, 'sign-in-refused');
        throw signInRefused();
      }
      if (standing.isRevoked) throw revoked();
      if (standing.isQuarantined) throw quarantined();
      const { token, expiresAtMs } = await authority.tokens.issue({ workstationId, ...standing });
      const heads = await database.sql<{ epoch: number; sequence: number; hash: string }[]>`
        select head_epoch as epoch, head_sequence as sequence, head_hash as hash
        from workstation where id = ${workstationId}`;
      return {
        token,
        expiresAt: iso(expiresAtMs),
        serverTime: iso(now()),
        head: { ...(heads[0] ?? EMPTY_JOURNAL) },
      };
    },
  );
}

function limit(rateLimit: RateLimit, key: string): void {
  const waitMs = rateLimit.take(key);
  if (waitMs > 0) throw tooOften(waitMs);
}

const notADemo = (): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'not-a-demo',
    detail: 'This server has no demo store. Nothing was changed. Ask a manager for an enrolment code.',
  });

const codeRefused = (): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'enrolment-code-refused',
    detail:
      'This code does not open a store: it may be mistyped, used, or older than 10 minutes. Nothing was changed. ' +
      'Check the letters, or ask for a new code.',
  });

const signInRefused = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'sign-in-refused',
    detail:
      'The server does not know this workstation by its key. What it has sold stays on it. ' +
      'If this goes on, ask a manager to enrol it again.',
  });
