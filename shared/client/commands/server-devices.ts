// Devices that only the server reaches: printers on the network, and card terminals. A question to a terminal is carried as it is;
// what came back is told plainly: an answer, a refusal, silence, or that nothing was sent at all. Nothing is repeated here: the
// driver knows which questions may be.

import type { Parts } from '../parts.ts';
import type { ServerDevices } from '../server-devices.ts';
import { createPaperCommands } from './paper-commands.ts';
import { createPrintCommands } from './print-through-server.ts';

export function createServerDevices(parts: Parts): ServerDevices {
  return {
    ...createPrintCommands(parts),
    ...createPaperCommands(parts),
    async askTerminalServer(path, { body, timeoutMs }) {
      if (parts.board.status.peek().connection === 'offline') return { kind: 'not-sent' };
      const answer = await parts.connection.request(`/api/v1/terminals/${path}`, {
        timeoutMs,
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      return answer.kind === 'unreachable' ? { kind: 'unreachable' } : answer;
    },
  };
}
