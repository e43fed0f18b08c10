// Sends bytes to a configured printer through the server. A refusal says what the printer said; silence is not
// success, and nothing here repeats a job by itself, because paper cannot be taken back.

import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';

const PRINT_TIMEOUT_MS = 20_000;
const BASE64_STEP = 24_576;

export function createPrintThroughServer(parts: Parts): Workstation['printThroughServer'] {
  return async (printer, bytes) => {
    if (parts.board.status.peek().connection === 'offline') return refuse('printer-server-offline');
    const answer = await parts.connection.request('/api/v1/print', {
      method: 'POST',
      timeoutMs: PRINT_TIMEOUT_MS,
      body: JSON.stringify({ printerId: printer, bytesBase64: toBase64(bytes), jobId: parts.given.newId() }),
    });
    switch (answer.kind) {
      case 'ok':
        return accept(null);
      case 'refused':
        return refuse(answer.code, { detail: answer.detail });
      case 'unreachable':
        return refuse(answer.why === 'timeout' ? 'printer-silent' : 'printer-server-offline');
    }
  };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // Whole triples per step, so that the pieces may simply be joined.
  for (let at = 0; at < bytes.length; at += BASE64_STEP) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_STEP)));
  }
  return text;
}
