// The OpenAPI document of the API at /api/docs, made from the schemas of the routes themselves, so that it cannot
// say anything else than what is checked. Must be registered before the routes.

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { PROTOCOL } from '../shared/protocol/versions.ts';

export async function registerApiDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tillandsia',
        description:
          'Tills push facts, pull documents by opaque checkpoints (RxDB replication protocol) and listen to a live ' +
          'stream. Errors are problem documents (RFC 9457) with a stable code and a sentence.',
        version: String(PROTOCOL.current),
      },
      components: {
        securitySchemes: {
          workstation: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          channelKey: { type: 'http', scheme: 'bearer', bearerFormat: 'tck_…' },
        },
      },
      security: [{ workstation: [] }],
    },
  });
  // The content security policy is that of http (security-headers.ts); nothing is asked of other origins.
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { validatorUrl: null } });
}
