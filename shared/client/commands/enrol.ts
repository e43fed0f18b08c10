// Enrols this device: makes its own key pair, shows the server the public half and a single-use code, and keeps
// what comes back together with the key. Only then does the workstation start.

import { asStoreId, asWorkstationId } from '../../domain/ids.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Enrolment, StoredIdentity } from '../ports.ts';
import type { Workstation } from '../runtime.ts';
import { isRecord, type ServerAnswer } from '../server/server-answer.ts';

const NAME_MAX = 200;

export type Enrol = Pick<Workstation, 'enrol' | 'enrolInDemoStore'>;

/** `onEnrolled` starts the workstation with its new identity. */
export function createEnrol(parts: Parts, onEnrolled: (identity: StoredIdentity) => Promise<void>): Enrol {
  const enrol = async (code: string, name: string): Promise<Outcome<null>> => {
    if (parts.identity.peek() !== null) return refuse('already-enrolled');
    const { given, connection } = parts;
    const keys = await given.keyStore.createKeys();
    const { kty, crv, x, y } = await given.subtle.exportKey('jwk', keys.publicKey);
    const answer = await connection.request('/api/v1/enrolments', {
      method: 'POST',
      isOpen: true,
      body: JSON.stringify({
        code: code.trim().toUpperCase(),
        kind: given.kind,
        name: name.trim().slice(0, NAME_MAX) || given.kind.toUpperCase(),
        publicKey: { kty, crv, x, y },
      }),
    });
    if (answer.kind !== 'ok') return refusalOf(answer);
    const enrolment = readEnrolment(answer.body, parts, name);
    if (enrolment === null) return refuse('server-not-understood');
    const identity = { enrolment, keys };
    try {
      await given.keyStore.save(identity);
    } catch {
      return refuse('storage-failed');
    }
    await given.storageHealth.persist().catch(() => false);
    // A mark of an identity that was here before is put aside: it is shown, and never mistaken for ours.
    parts.canary.retire();
    await onEnrolled(identity);
    return accept(null);
  };

  return {
    enrol: ({ code, name }) => enrol(code, name),
    async enrolInDemoStore() {
      const answer = await parts.connection.request('/api/v1/demo/enrolment-code', {
        method: 'POST',
        isOpen: true,
        body: '{}',
      });
      if (answer.kind !== 'ok') return refusalOf(answer);
      const code = isRecord(answer.body) ? answer.body['code'] : null;
      return typeof code === 'string' ? enrol(code, 'Demo') : refuse('server-not-understood');
    },
  };
}

function refusalOf(answer: Exclude<ServerAnswer, { kind: 'ok' }>): Outcome<null> {
  if (answer.kind === 'unreachable') return refuse('server-unreachable');
  return refuse(answer.code, { detail: answer.detail, status: answer.status });
}

function readEnrolment(body: unknown, parts: Parts, name: string): Enrolment | null {
  if (!isRecord(body)) return null;
  const { workstationId, workstationNumber, storeId, storeNumber } = body;
  if (typeof workstationId !== 'string' || typeof storeId !== 'string') return null;
  if (typeof workstationNumber !== 'number' || typeof storeNumber !== 'number') return null;
  return {
    workstationId: asWorkstationId(workstationId),
    workstationNumber,
    storeId: asStoreId(storeId),
    storeNumber,
    name,
    kind: parts.given.kind,
    serverUrl: parts.given.serverUrl,
    enrolledAt: parts.given.now().toISOString(),
  };
}
