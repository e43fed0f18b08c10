// A manager on the spot: somebody who may approve is chosen, types their PIN, and agrees to exactly the one thing that was
// asked. Nobody is signed on or off by it.

import { ShieldCheck } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Operator } from '../../../shared/domain/operator.ts';
import { hasPermission } from '../../../shared/domain/permissions.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import type { ApprovalAsked } from '../../shell/approval-asked.ts';
import { PinPad } from '../../shell/pin-pad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function ApprovalDialog({ asked }: { readonly asked: ApprovalAsked }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const signedOn = workstation.operator.value?.id;
  const managers = workstation.operators.value.filter(
    (operator) => operator.id !== signedOn && hasPermission(operator, 'approve'),
  );
  const [chosen, setChosen] = useState<Operator | null>(managers.length === 1 ? (managers[0] ?? null) : null);
  const close = () => {
    pos.approval.value = null;
  };
  const check = async (approver: Operator, pin: string) => {
    const outcome = await workstation.approve({
      subject: asked.subject,
      ...(asked.limit !== undefined && { limit: asked.limit }),
      approverId: approver.id,
      pin,
    });
    if (outcome.ok) await asked.approved(outcome.value);
    return outcome;
  };
  return (
    <Dialog
      testId="approval"
      role="alertdialog"
      title={words.t('approval.title')}
      closeLabel={words.t('common.close')}
      onClose={close}
    >
      <div class="decision approval">
        <p class="banner" data-tone="warning" data-testid="approval-why">
          {refusalText(words, asked.why, workstation.settings.value?.store.currency ?? null)}
        </p>
        {managers.length === 0 && <p>{words.t('approval.nobody')}</p>}
        {chosen === null ? (
          <ul class="operator-list">
            {managers.map((manager) => (
              <li key={manager.id}>
                <Button
                  testId={`approver-${manager.number}`}
                  size="large"
                  icon={ShieldCheck}
                  onPress={() => setChosen(manager)}
                >
                  {manager.name}
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <PinPad
            key={chosen.id}
            operator={chosen}
            icon={ShieldCheck}
            submitLabel={words.t('approval.approve')}
            check={(pin) => check(chosen, pin)}
            onBack={() => (managers.length === 1 ? close() : setChosen(null))}
          />
        )}
      </div>
    </Dialog>
  );
}
