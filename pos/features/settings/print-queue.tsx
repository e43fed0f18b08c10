// Prints that wait for a printer, why, and what a person can do about each: try now, take another printer, print it as a copy, or
// give it up with a reason that is written down.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { WaitingPrint } from '../../../shared/devices/ports.ts';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

/** Those in front are enough to decide about. */
const SHOWN_MAX = 20;

export function PrintQueue(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const queue = pos.printQueue;
  const waiting = queue.waiting.value;
  const [oldest] = waiting;
  if (oldest === undefined) return null;
  const age = words.ago(Math.max(0, pos.now.value - oldest.createdAtMs));
  const hidden = waiting.length - SHOWN_MAX;
  return (
    <section data-testid="print-queue" data-count={waiting.length}>
      <h3>{words.t('queue.title')}</h3>
      <p>{words.t('queue.waiting', { count: waiting.length, age })}</p>
      <div class="button-row">
        <Button testId="print-queue-retry" onPress={() => queue.retry()}>
          {words.t('queue.retry')}
        </Button>
        <Button testId="print-queue-move" onPress={() => void queue.moveToChosen()}>
          {words.t('queue.move')}
        </Button>
      </div>
      <ul class="device-list">
        {waiting.slice(0, SHOWN_MAX).map((print) => (
          <OnePrint key={print.id} print={print} />
        ))}
      </ul>
      {hidden > 0 && <p class="soft">{words.t('queue.more', { count: hidden })}</p>}
    </section>
  );
}

function OnePrint({ print }: { readonly print: WaitingPrint }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [isGivingUp, setGivingUp] = useState(false);
  const printers = pos.devices.printers.value;
  const nameOf = (id: string): string =>
    printers.find((one) => one.id === id)?.name ?? words.t('queue.no-printer');
  const printer = nameOf(print.deviceId);
  const age = words.ago(Math.max(0, pos.now.value - print.createdAtMs));
  const isSending = print.state === 'sending';
  return (
    <li class="device-card" data-testid="waiting-print" data-state={print.state}>
      <b>{isSending ? words.t('queue.one-sending', { printer }) : words.t('queue.one', { age, printer })}</b>
      {print.problem !== null && (
        <p class="soft">{refusalText(words, { ok: false, reason: print.problem, details: {} }, null)}</p>
      )}
      <div class="button-row">
        {printers
          .filter(({ id }) => id !== print.deviceId)
          .map(({ id, name }) => (
            <Button
              key={id}
              testId={`print-move-${id}`}
              isDisabled={isSending}
              onPress={() => void pos.printQueue.move(print.id, id)}
            >
              {words.t('queue.move-to', { printer: name })}
            </Button>
          ))}
        <Button
          testId="print-copy"
          isDisabled={isSending}
          onPress={() => void pos.printQueue.printCopy(print)}
        >
          {words.t('queue.copy')}
        </Button>
        <Button testId="print-discard" look="danger" onPress={() => setGivingUp(!isGivingUp)}>
          {words.t('queue.discard')}
        </Button>
      </div>
      {isGivingUp && <GiveUp print={print} />}
    </li>
  );
}

/** Who may not decide this alone asks a manager for a PIN. */
function GiveUp({ print }: { readonly print: WaitingPrint }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [text, setText] = useState('');
  const reasonCode = text.trim();
  const giveUp = () =>
    void decide(pos, {
      subject: tillSubjects.discardPrint(print.id, reasonCode),
      act: (approval) =>
        pos.workstation.discardPrint({
          printId: print.id,
          queuedAtMs: print.createdAtMs,
          reasonCode,
          ...(approval !== undefined && { approval }),
        }),
      onDone: () => {
        void pos.printQueue.forget(print.id);
        pos.say('good', words.t('queue.discarded'));
      },
    });
  return (
    <div class="decision" data-testid="print-discard-form">
      <p class="soft">{words.t('queue.discard-title')}</p>
      <ReasonChoice action="discard-print" value={text} onChoose={setText} />
      <Button
        testId="print-discard-ok"
        look="danger"
        size="large"
        isDisabled={reasonCode === ''}
        onPress={giveUp}
      >
        {words.t('queue.discard')}
      </Button>
    </div>
  );
}
