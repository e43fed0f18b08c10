// Asked first by every command that writes: is there an open journal, and is nothing forbidding money to move?

import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts, Ready } from '../parts.ts';

/** The open journal. Refuses while it is being checked, held by another window, or stopped by a trouble. */
export function readySession(parts: Parts): Ready {
  const trouble = parts.board.blockingTrouble();
  if (trouble !== null) return refuse('trouble-blocks-selling', { troubleCode: trouble.code });
  const session = parts.session();
  if (session !== null) return accept(session);
  const { writer } = parts.board.status.peek();
  return refuse(writer === 'another-window' ? 'another-window-writes' : 'not-ready');
}
