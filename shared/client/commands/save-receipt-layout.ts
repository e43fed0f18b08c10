// Asks the server to save how receipts look. The change counts for every till of the store, so it is made where all of them
// hear of it, and nowhere else; this till shows it as soon as it is saved, before the settings have come round.

import { hasPermission } from '../../domain/permissions.ts';
import { checkReceiptLayout, type ReceiptLayout } from '../../domain/receipt-layout.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { PaperCommands } from '../paper-commands.ts';
import type { Parts } from '../parts.ts';
import { isRecord } from '../server/server-answer.ts';

export function createSaveReceiptLayout(parts: Parts): PaperCommands['saveReceiptLayout'] {
  return async (layout) => {
    const operator = parts.operator.peek();
    if (operator === null) return refuse('not-signed-on');
    if (!hasPermission(operator, 'manage-devices')) return refuse('layout-not-allowed');
    const checked = checkReceiptLayout(layout);
    if (!checked.ok) return checked;
    if (parts.board.status.peek().connection === 'offline') return refuse('layout-offline');
    const answer = await parts.connection.request('/api/v1/receipt-layout', {
      method: 'POST',
      body: JSON.stringify({ operatorId: operator.id, layout }),
    });
    switch (answer.kind) {
      case 'ok': {
        const saved = isRecord(answer.body) ? answer.body['layout'] : null;
        // The server answers with what it has checked against the schema of a ReceiptLayout.
        const next = isRecord(saved) ? (saved as unknown as ReceiptLayout) : layout;
        const settings = parts.settings.peek();
        if (settings !== null) parts.settings.value = { ...settings, receiptLayout: next };
        return accept(next);
      }
      case 'refused':
        return refuse(answer.code, { detail: answer.detail });
      case 'unreachable':
        return refuse('layout-offline');
    }
  };
}
