// Customers' screens on other devices: paired by a code of the server, shown what this till shows. What does not arrive is
// not sent again: the next change shows everything.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import { isRecord } from '../server/server-answer.ts';

const TIMEOUT_MS = 5_000;

export function createShowOnDisplays(parts: Parts): Pick<Workstation, 'pairDisplay' | 'showOnDisplays'> {
  const ask = async (path: string, body: unknown): Promise<Outcome<Record<string, unknown>>> => {
    const answer = await parts.connection.request(path, {
      method: 'POST',
      timeoutMs: TIMEOUT_MS,
      body: JSON.stringify(body),
    });
    if (answer.kind === 'ok' && isRecord(answer.body)) return accept(answer.body);
    return answer.kind === 'refused'
      ? refuse(answer.code, { detail: answer.detail })
      : refuse('server-unreachable');
  };
  return {
    async pairDisplay() {
      const answer = await ask('/api/v1/displays/codes', {});
      if (!answer.ok) return answer;
      const { code, expiresAt } = answer.value;
      return accept({ code: String(code), expiresAt: String(expiresAt) });
    },
    async showOnDisplays(content) {
      const answer = await ask('/api/v1/displays/content', content);
      return answer.ok ? accept({ displays: Number(answer.value['displays']) }) : answer;
    },
  };
}
