// The replication routes together, with the quotas of a workstation: generous for a till that catches up after a
// week without a network, and a wall for a device that floods.

import type { FastifyInstance } from 'fastify';
import { createRateLimit } from '../db/rate-limit.ts';
import { documentsRoutes } from './documents-routes.ts';
import { factsRoutes } from './facts-routes.ts';
import type { ReplicationGiven } from './replication-given.ts';

const FACTS_BURST = 60_000;
const FACTS_PER_MINUTE = 120_000;
const PULLS_BURST = 1_200;
const PULLS_PER_MINUTE = 2_400;

/** Registers push, pull and stream below the prefix of `root`; streams end before the server closes. */
export async function replicationRoutes(root: FastifyInstance, given: ReplicationGiven): Promise<void> {
  const { now } = given;
  factsRoutes(root, given, createRateLimit({ burst: FACTS_BURST, perMinute: FACTS_PER_MINUTE, now }));
  documentsRoutes(root, given, createRateLimit({ burst: PULLS_BURST, perMinute: PULLS_PER_MINUTE, now }));
  root.addHook('preClose', async () => given.streams.close());
}
