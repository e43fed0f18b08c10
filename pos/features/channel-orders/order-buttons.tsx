// What can be done with an order now: the next step of the store first, and the ways out of it behind.

import { ArrowRightLeft, Ban, PackageCheck, PackageOpen, Printer, ScanBarcode, Undo2 } from 'lucide';
import type { JSX } from 'preact';
import type { ChannelOrder, StoreMove } from '../../../shared/client/channel-order-commands.ts';
import { buildPackingSlip } from '../../../shared/domain/packing-slip.ts';
import { isPickedWhole } from '../../../shared/domain/order/pick-by-scan.ts';
import { CHANNELS } from '../../../shared/domain/order/order.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';

export type Asked =
  | { readonly kind: 'none' }
  | { readonly kind: 'hand-over' }
  | { readonly kind: 'return' }
  | { readonly kind: 'pass-on' }
  | { readonly kind: 'end'; readonly move: 'reject' | 'release' }
  | { readonly kind: 'substitute'; readonly lineNumber: number };

export function OrderButtons(props: {
  readonly channelOrder: ChannelOrder;
  readonly onAsk: (asked: Asked) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { channelOrder, onAsk } = props;
  const { order } = channelOrder;
  const own = pos.workstation.identity.value?.workstationId ?? '';
  const isOwn = order.holder === own;
  const mayTake = isOwn || order.holder === CHANNELS;
  const { state } = order;
  return (
    <div class="button-row order-actions channel-actions">
      {state === 'placed' && mayTake && (
        <Button
          testId="channel-accept"
          look="primary"
          icon={ScanBarcode}
          onPress={() => void moveAll(pos, order.id, [{ kind: 'accept' }, { kind: 'start-picking' }])}
        >
          {words.t('channel.accept')}
        </Button>
      )}
      {state === 'accepted' && mayTake && (
        <Button
          testId="channel-start"
          look="primary"
          icon={ScanBarcode}
          onPress={() => void moveAll(pos, order.id, [{ kind: 'start-picking' }])}
        >
          {words.t('channel.start')}
        </Button>
      )}
      {state === 'picking' && mayTake && (
        <Button
          testId="channel-ready"
          look="primary"
          icon={PackageCheck}
          isDisabled={!isPickedWhole(order)}
          onPress={() => void moveAll(pos, order.id, [{ kind: 'make-ready' }])}
        >
          {words.t('channel.make-ready')}
        </Button>
      )}
      {state === 'ready' && (
        <Button
          testId="channel-hand-over"
          look="primary"
          icon={PackageOpen}
          onPress={() => onAsk({ kind: 'hand-over' })}
        >
          {words.t('channel.hand-over')}
        </Button>
      )}
      {state === 'handed-over' && (
        <Button testId="channel-return" icon={Undo2} onPress={() => onAsk({ kind: 'return' })}>
          {words.t('channel.return')}
        </Button>
      )}
      <Button testId="channel-slip" icon={Printer} onPress={() => void printPackingSlip(pos, channelOrder)}>
        {words.t('channel.slip')}
      </Button>
      {isOwn && state !== 'placed' && !ENDED.has(state) && (
        <Button
          testId="channel-pass-on"
          look="quiet"
          icon={ArrowRightLeft}
          onPress={() => onAsk({ kind: 'pass-on' })}
        >
          {words.t('channel.pass-on')}
        </Button>
      )}
      {mayTake && (state === 'placed' || state === 'accepted' || state === 'picking') && (
        <Button
          testId="channel-reject"
          look="quiet"
          icon={Ban}
          onPress={() => onAsk({ kind: 'end', move: 'reject' })}
        >
          {words.t('channel.reject')}
        </Button>
      )}
      {isOwn && state === 'ready' && (
        <Button
          testId="channel-release"
          look="quiet"
          icon={Ban}
          onPress={() => onAsk({ kind: 'end', move: 'release' })}
        >
          {words.t('channel.release')}
        </Button>
      )}
    </div>
  );
}

const ENDED: ReadonlySet<string> = new Set(['rejected', 'released', 'expired', 'returned']);

/** Moves one after the other, as far as they go through. */
async function moveAll(pos: PosContext, orderId: string, moves: readonly StoreMove[]): Promise<void> {
  for (const move of moves) {
    if (!pos.report(await pos.workstation.moveChannelOrder(orderId, move))) return;
  }
  pos.sounds.good();
}

async function printPackingSlip(pos: PosContext, { order, contact }: ChannelOrder): Promise<void> {
  const { workstation } = pos;
  const settings = workstation.settings.value;
  if (settings === null) return;
  await pos.printReport(
    buildPackingSlip(order, settings, pos.speech.value, {
      customer: contact?.name ?? null,
      shelfOf: (id) => workstation.item(id)?.shelf ?? null,
    }),
  );
}
