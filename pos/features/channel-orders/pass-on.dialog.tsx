// Another till of the store goes on with an order. It hears of it over the server, so the server is asked which tills there are.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StoreTill } from '../../../shared/client/channel-order-commands.ts';
import type { Order } from '../../../shared/domain/order/order.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function PassOnDialog(props: { readonly order: Order; readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, onClose } = props;
  const [tills, setTills] = useState<readonly StoreTill[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const own = pos.workstation.identity.value?.workstationId;
  useEffect(() => {
    void pos.workstation.tillsOfStore().then((outcome) => {
      if (outcome.ok) setTills(outcome.value.filter(({ workstationId }) => workstationId !== own));
      else setProblem(refusalText(words, outcome, null));
    });
  }, []);
  const pass = async (to: string) => {
    if (pos.report(await pos.workstation.moveChannelOrder(order.id, { kind: 'pass-on', to }))) onClose();
  };
  return (
    <Dialog
      testId="pass-on"
      title={words.t('channel.pass-on-title')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
    >
      <div class="decision">
        <p class="soft">{problem ?? words.t('channel.pass-on-told')}</p>
        {tills !== null && tills.length === 0 && <p>{words.t('channel.pass-on-none')}</p>}
        {(tills ?? []).map(({ workstationId, workstationNumber, name }) => (
          <Button
            key={workstationId}
            testId={`pass-on-${workstationNumber}`}
            size="large"
            onPress={() => void pass(workstationId)}
          >
            {words.t('top.workstation', { number: workstationNumber })}
            {' · '}
            <bdi>{name}</bdi>
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
