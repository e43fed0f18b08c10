// Settings of the shop are changed by the server: it looks up whether the operator may, writes it down and tells every till. What
// is shown here changes when it comes back with the settings.

import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { SettingsCommands } from '../settings-commands.ts';

const TIMEOUT_MS = 10_000;

export function createSettingsCommands(parts: Parts): SettingsCommands {
  return {
    async changeSettings(change) {
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, 'manage-settings');
      if (!permitted.ok) return permitted;
      if (operator === null) return refuse('not-signed-on');
      if (parts.board.status.peek().connection !== 'online') return refuse('settings-need-server');
      const answer = await parts.connection.request('/api/v1/settings/changes', {
        method: 'POST',
        timeoutMs: TIMEOUT_MS,
        body: JSON.stringify({ operatorId: operator.id, change }),
      });
      if (answer.kind === 'ok') return accept(null);
      return answer.kind === 'refused'
        ? refuse(answer.code, { detail: answer.detail })
        : refuse('settings-answer-lost');
    },
  };
}
