// Asks the server for the next documents of a collection after an opaque checkpoint. The checkpoint is the
// server's; this side only hands it back. A checkpoint that the server does not know means: from the beginning.

import { createRetryPace } from '../server/retry-pace.ts';
import { isRecord } from '../server/server-answer.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { pause } from '../server/pause.ts';

export type PulledDocument = {
  readonly id: string;
  readonly isDeleted: boolean;
  /** The document as it came, without the deletion mark. */
  readonly content: Readonly<Record<string, unknown>>;
};

export type Pulled = {
  readonly documents: readonly PulledDocument[];
  readonly position: string | null;
  /** There is nothing more for now. */
  readonly isCurrent: boolean;
};

/** Pulls one batch, and waits for the network as long as it takes; null when `signal` ended it. */
export function createPuller(given: {
  readonly connection: Pick<ServerConnection, 'request' | 'whenOnline'>;
  readonly collection: string;
  readonly now: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}): (position: string | null, limit: number) => Promise<Pulled | null> {
  const pace = createRetryPace(given);
  return async (position, limit) => {
    let from = position;
    while (!given.signal.aborted && (await given.connection.whenOnline())) {
      await pause(pace.delayMs(), given.signal);
      if (given.signal.aborted) return null;
      const checkpoint = from === null ? '' : `checkpoint=${encodeURIComponent(from)}&`;
      const answer = await given.connection.request(
        `/api/v1/replication/${given.collection}/pull?${checkpoint}limit=${String(limit)}`,
      );
      if (answer.kind === 'ok') {
        const pulled = readPulled(answer.body, limit);
        if (pulled !== null) {
          pace.succeeded();
          return pulled;
        }
      }
      if (answer.kind === 'refused' && answer.code === 'bad-checkpoint' && from !== null) {
        from = null;
        continue;
      }
      pace.failed(answer.kind === 'refused' ? (answer.retryAfterMs ?? undefined) : undefined);
    }
    return null;
  };
}

function readPulled(body: unknown, limit: number): Pulled | null {
  if (!isRecord(body) || !Array.isArray(body['documents']) || !isRecord(body['checkpoint'])) return null;
  const position = body['checkpoint']['position'];
  const documents: PulledDocument[] = [];
  for (const document of body['documents']) {
    if (!isRecord(document) || typeof document['id'] !== 'string') continue;
    const { _deleted, ...content } = document;
    documents.push({ id: document['id'], isDeleted: _deleted === true, content });
  }
  return {
    documents,
    position: typeof position === 'string' ? position : null,
    isCurrent: body['documents'].length < limit,
  };
}
