// Sends bytes to a configured printer through the server, and asks how it is. A refusal says what the printer said. An answer
// that is lost on the way is a refusal of its own: the server keeps the job by its id, and tells what became of it when it is
// asked again under the same id.

import { accept, refuse } from '../../domain/refusal.ts';
import type { PrinterStatus } from '../../devices/ports.ts';
import { isRecord } from '../server/server-answer.ts';
import type { Parts } from '../parts.ts';
import type { PrintCommands } from '../print-commands.ts';

/** Waiting for a turn, printing a long receipt and its proof take longer than this only where something is wrong. */
const PRINT_TIMEOUT_MS = 25_000;
const ASK_TIMEOUT_MS = 12_000;
const BASE64_STEP = 24_576;

export function createPrintCommands(parts: Parts): PrintCommands {
  return { printThroughServer: createPrintThroughServer(parts), askPrinter: createAskPrinter(parts) };
}

function createPrintThroughServer(parts: Parts): PrintCommands['printThroughServer'] {
  return async (printer, bytes, job) => {
    if (parts.board.status.peek().connection === 'offline') return refuse('printer-server-offline');
    const answer = await parts.connection.request('/api/v1/print', {
      method: 'POST',
      timeoutMs: PRINT_TIMEOUT_MS,
      body: JSON.stringify({
        printerId: printer,
        bytesBase64: toBase64(bytes),
        jobId: job?.id ?? parts.given.newId(),
        ...(job?.validForMs !== undefined && { validForMs: job.validForMs }),
      }),
    });
    switch (answer.kind) {
      case 'ok':
        return accept(isRecord(answer.body) && answer.body['isOnPaper'] === true ? 'on-paper' : 'sent');
      case 'refused':
        return refuse(answer.code, { detail: answer.detail });
      case 'unreachable':
        return refuse('printer-server-lost');
    }
  };
}

function createAskPrinter(parts: Parts): PrintCommands['askPrinter'] {
  return async (printer) => {
    if (parts.board.status.peek().connection === 'offline') return refuse('printer-server-offline');
    const answer = await parts.connection.request(`/api/v1/printers/${encodeURIComponent(printer)}/status`, {
      timeoutMs: ASK_TIMEOUT_MS,
    });
    switch (answer.kind) {
      case 'ok':
        return accept(statusOf(answer.body));
      case 'refused':
        return refuse(answer.code, { detail: answer.detail });
      case 'unreachable':
        return refuse('printer-server-offline');
    }
  };
}

/** What is not said counts as well: only a printer that says so is out of paper. */
function statusOf(body: unknown): PrinterStatus | null {
  if (!isRecord(body) || body['outcome'] !== 'says') return null;
  const oneOf = <Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word =>
    words.find((word) => word === body[name]) ?? words[0];
  return {
    paper: oneOf('paper', ['loaded', 'near-end', 'out']),
    isCoverOpen: body['isCoverOpen'] === true,
    fault: oneOf('fault', ['none', 'recoverable', 'overheated', 'unrecoverable']),
    isOffline: body['isOffline'] === true,
    drawer: oneOf('drawer', ['low', 'high']),
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
