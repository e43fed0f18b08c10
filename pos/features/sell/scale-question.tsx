// How much does it weigh: read from the scale, never typed by mistake. The weight, the price of a kilogram and the total stand
// there together, as the law wants them. Only a stable weight above the packing's can be taken; who must type one says so first.

import { Keyboard, Package, Scale as ScaleIcon, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Scale, ScaleReading } from '../../../shared/devices/ports.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { multiplyByQuantity } from '../../../shared/domain/money.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';
import { useReading } from '../../shell/use-reading.ts';

type Props = {
  readonly item: Item;
  readonly scale: Scale;
  readonly onAnswer: (grossMilli: number, tareMilli: number | null) => void;
  readonly onType: () => void;
  readonly onClose: () => void;
};

export function ScaleQuestion(props: Props): JSX.Element {
  const { item, scale } = props;
  const words = useWords();
  const reading = useReading(scale);
  const [tareMilli, setTare] = useState(item.tareMilli ?? 0);
  const grossMilli = 'milli' in reading ? (reading.milli ?? 0) : 0;
  const netMilli = Math.max(0, grossMilli - tareMilli);
  const isStable = reading.kind === 'weight';
  const canTake = isStable && netMilli > 0;
  const take = () => props.onAnswer(grossMilli, tareMilli === 0 ? null : tareMilli);
  useKeys(({ key }) => {
    if (key !== 'Enter' || !canTake) return false;
    take();
    return true;
  });
  return (
    <Dialog
      testId="scale"
      title={textIn(item.name, words.language)}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <>
          <Button testId="scale-type" size="large" icon={Keyboard} onPress={props.onType}>
            {words.t('scale.type')}
          </Button>
          <Button
            testId="scale-take"
            look="primary"
            size="large"
            icon={ScaleIcon}
            isDisabled={!canTake}
            onPress={take}
          >
            {words.t('scale.take')}
          </Button>
        </>
      }
    >
      <div class="scale" data-kind={reading.kind} data-net-milli={netMilli} data-testid="scale-reading">
        <output class="big-entry scale-weight">
          <bdi>{words.quantity(netMilli, 'kilogram')}</bdi>
        </output>
        <p class={isStable ? 'scale-state' : 'scale-state soft'} role="status">
          {words.t(stateKey(reading, netMilli))}
        </p>
        <Figures item={item} netMilli={netMilli} tareMilli={tareMilli} />
        <div class="button-row">
          {tareMilli === 0 ? (
            <Button
              testId="scale-tare"
              icon={Package}
              isDisabled={!isStable || grossMilli === 0}
              onPress={() => setTare(grossMilli)}
            >
              {words.t('scale.tare')}
            </Button>
          ) : (
            <Button testId="scale-no-tare" icon={X} onPress={() => setTare(0)}>
              {words.t('scale.no-tare')}
            </Button>
          )}
          {scale.canZero && (
            <Button testId="scale-zero" onPress={() => scale.zero()}>
              {words.t('scale.zero')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Figures(props: {
  readonly item: Item;
  readonly netMilli: number;
  readonly tareMilli: number;
}): JSX.Element {
  const words = useWords();
  const { item, netMilli, tareMilli } = props;
  const currency = usePos().workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <dl class="facts">
      {item.openPrice === undefined && (
        <>
          <div>
            <dt>{words.t('scale.price')}</dt>
            <dd>
              <Money testId="scale-price" amountMinor={item.priceMinor} currency={currency} />
            </dd>
          </div>
          <div>
            <dt>{words.t('scale.total')}</dt>
            <dd>
              <Money
                testId="scale-total"
                class="large"
                amountMinor={multiplyByQuantity(item.priceMinor, netMilli)}
                currency={currency}
              />
            </dd>
          </div>
        </>
      )}
      {tareMilli > 0 && (
        <div>
          <dt>{words.t('scale.tare-is')}</dt>
          <dd>
            <bdi>{words.quantity(tareMilli, 'kilogram')}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}

function stateKey(reading: ScaleReading, netMilli: number) {
  switch (reading.kind) {
    case 'weight':
      return netMilli > 0 ? 'scale.stable' : 'scale.empty';
    case 'moving':
      return 'scale.moving';
    case 'over':
      return 'scale.over';
    case 'under':
      return 'scale.under';
    case 'silent':
      return 'scale.silent';
    case 'gone':
      return 'scale.gone';
  }
}
