// Prints that wait for a printer, why, and what a person can do: try now, take another printer, or give them up.

import type { JSX } from 'preact';
import { Button } from '../../../shared/ui/button.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function PrintQueue(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const queue = pos.printQueue;
  const waiting = queue.waiting.value;
  const [oldest] = waiting;
  if (oldest === undefined) return null;
  const age = words.ago(Math.max(0, pos.now.value - oldest.createdAtMs));
  return (
    <section data-testid="print-queue" data-count={waiting.length}>
      <h3>{words.t('queue.title')}</h3>
      <p>{words.t('queue.waiting', { count: waiting.length, age })}</p>
      {oldest.problem !== null && (
        <p class="soft">{refusalText(words, { ok: false, reason: oldest.problem, details: {} }, null)}</p>
      )}
      <div class="button-row">
        <Button testId="print-queue-retry" onPress={() => queue.retry()}>
          {words.t('queue.retry')}
        </Button>
        <Button testId="print-queue-move" onPress={() => void queue.moveToChosen()}>
          {words.t('queue.move')}
        </Button>
        <Button testId="print-queue-discard" look="danger" onPress={() => void queue.discard()}>
          {words.t('queue.discard')}
        </Button>
      </div>
    </section>
  );
}
