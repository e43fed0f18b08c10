// Gets tokens by signing the server's challenge with the workstation's key. One token is asked for at a time;
// it is renewed a minute before it ends by the time that passed here, never by comparing two clocks. With each
// token comes the server's high-water mark of our journal, which is handed on.

import type { JournalHead } from '../../domain/fact.ts';
import { signText } from '../journal/seal-fact.ts';
import type { StoredIdentity } from '../ports.ts';
import { isHead } from '../storage/canary.ts';
import { isRecord, type ServerAnswer } from './server-answer.ts';

const RENEW_BEFORE_MS = 60_000;
const SHORTEST_LIFE_MS = 10_000;
const REFUSED_PAUSE_MS = 5_000;

export type TokenSource = {
  /** A token that should be good; a new one when `refused` is the one we hold. Null when none can be had. */
  token(refused: string | null): Promise<string | null>;
  /** The server's mark as of now, by a new token; null when it cannot be had. */
  freshHead(): Promise<JournalHead | null>;
  /** Somebody asks to try again: the pause after a refusal is over. */
  askAgain(): void;
};

export type TokenEvents = {
  readonly onHead: (head: JournalHead) => void;
  /** The server does not know this workstation any more, or has revoked it. */
  readonly onRevoked: (code: string) => void;
};

/** `ask` sends a request without a token; `identity` answers null before enrolment. */
export function createTokenSource(
  given: {
    readonly identity: () => StoredIdentity | null;
    readonly subtle: SubtleCrypto;
    readonly ask: (path: string, body: string) => Promise<ServerAnswer>;
  },
  events: TokenEvents,
): TokenSource {
  let current: { readonly token: string; readonly renewAt: number } | null = null;
  let asking: Promise<string | null> | null = null;
  let pauseUntil = 0;
  let lastHead: JournalHead | null = null;

  let holder: string | null = null;

  // A token and a pause belong to one workstation; a device that was enrolled anew starts without either.
  const forgetOthers = () => {
    const id = given.identity()?.enrolment.workstationId ?? null;
    if (id === holder) return;
    holder = id;
    current = null;
    lastHead = null;
    pauseUntil = 0;
  };
  const fetchToken = async (): Promise<string | null> => {
    const identity = given.identity();
    if (identity === null || performance.now() < pauseUntil) return null;
    const { workstationId } = identity.enrolment;
    const challenged = await given.ask('/api/v1/challenges', JSON.stringify({ workstationId }));
    if (challenged.kind !== 'ok') return refusedBy(challenged);
    const challenge = isRecord(challenged.body) ? challenged.body['challenge'] : null;
    if (typeof challenge !== 'string') return null;
    const signature = await signText(`tillandsia-token:${challenge}`, identity.keys.privateKey, given.subtle);
    const answered = await given.ask(
      '/api/v1/tokens',
      JSON.stringify({ workstationId, challenge, signature }),
    );
    if (answered.kind !== 'ok') return refusedBy(answered);
    if (!isRecord(answered.body)) return null;
    const { token, expiresAt, serverTime, head } = answered.body;
    if (typeof token !== 'string' || !isHead(head)) return null;
    const lifeMs = Date.parse(String(expiresAt)) - Date.parse(String(serverTime));
    const usableMs = Math.max(SHORTEST_LIFE_MS, (Number.isFinite(lifeMs) ? lifeMs : 0) - RENEW_BEFORE_MS);
    current = { token, renewAt: performance.now() + usableMs };
    lastHead = head;
    events.onHead(head);
    return token;
  };
  const refusedBy = (answer: ServerAnswer): null => {
    if (answer.kind === 'refused') {
      pauseUntil = performance.now() + Math.max(REFUSED_PAUSE_MS, answer.retryAfterMs ?? 0);
      if ([401, 403, 404].includes(answer.status)) events.onRevoked(answer.code);
    }
    return null;
  };

  const askOnce = () => {
    asking ??= fetchToken().finally(() => {
      asking = null;
    });
    return asking;
  };
  return {
    token(refused) {
      forgetOthers();
      if (refused !== null && current?.token === refused) current = null;
      if (current !== null && performance.now() < current.renewAt) return Promise.resolve(current.token);
      return askOnce();
    },
    askAgain() {
      pauseUntil = 0;
    },
    async freshHead() {
      forgetOthers();
      return (await askOnce()) === null ? null : lastHead;
    },
  };
}
