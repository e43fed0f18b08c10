// The HTTP server before any route: limits on everything a caller may send or hold open, the security headers,
// problem answers, and a log line per request that names the route and never what was in it.

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { fastify, type FastifyInstance } from 'fastify';
import { BODY_MAX_BYTES } from '../../shared/protocol/limits.ts';
import type { Log } from '../db/log.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { answerProblems, routeOf, sendProblem, toRefusal } from './problems.ts';
import { readOnlyJson } from './read-json.ts';
import { setSecurityHeaders } from './security-headers.ts';

export type AppOptions = {
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly log: Log;
};

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
const CONNECTIONS_MAX = 10_000;
const PARAMETER_LENGTH_MAX = 256;
const HEADERS_MAX_BYTES = 16_384;

/** An app without routes. It is not listening. */
export function makeApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_MAX_BYTES,
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    return503OnClosing: true,
    frameworkErrors(error, _request, reply) {
      void sendProblem(reply, toRefusal(error));
    },
    // The first start fills the demo store between registering routes, which takes as long as it takes.
    pluginTimeout: 0,
    forceCloseConnections: 'idle',
    serverFactory: (handler) => {
      const limits = { maxHeaderSize: HEADERS_MAX_BYTES, requestTimeout: REQUEST_TIMEOUT_MS };
      const server =
        options.tls === null
          ? createServer(limits, (request, response) => handler(request, response))
          : createTlsServer({ ...limits, ...options.tls, minVersion: 'TLSv1.2' }, (request, response) =>
              handler(request, response),
            );
      server.headersTimeout = HEADERS_TIMEOUT_MS;
      server.keepAliveTimeout = KEEP_ALIVE_MS;
      server.maxConnections = CONNECTIONS_MAX;
      return server;
    },
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.decorateRequest('caller', null);
  setSecurityHeaders(app, { isTls: options.tls !== null });
  readOnlyJson(app);
  refuseNulInAddresses(app);
  answerProblems(app, options.log);
  logRequests(app, options.log);
  return app;
}

/** PostgreSQL stores no NUL, so no id and no word that we know has one. */
function refuseNulInAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.url.includes('%00') ? unreadableAddress() : undefined);
  });
}

const unreadableAddress = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'address-unreadable',
    detail: 'The address has a character in it that nothing here is called by. Nothing was changed.',
  });

function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const fields = {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      tookMs: Math.round(reply.elapsedTime),
      workstationId: request.caller?.workstationId,
    };
    if (reply.statusCode >= 400) log.info(fields, 'request');
    else log.debug(fields, 'request');
    done();
  });
}
