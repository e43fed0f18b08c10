// One item, large enough to be read from an arm's length.

import { ArrowLeft } from 'lucide';
import type { JSX } from 'preact';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { useKiosk, useWords } from '../../shell/kiosk-context.ts';

const FEW_MILLI = 3_000;

export function ItemCard(props: { readonly item: Item; readonly onBack: () => void }): JSX.Element {
  const { workstation } = useKiosk();
  const words = useWords();
  // Read for its change: a new price shows while the card is open.
  void workstation.catalogueRevision.value;
  const item = workstation.item(props.item.id) ?? props.item;
  // What it costs today by the price book, not what stands on the shelf.
  void workstation.priceBook.value;
  const price = workstation.priceOf(item);
  const onHandMilli = workstation.onHand(item.id);
  const currency = workstation.settings.value?.store.currency ?? 'EUR';
  // The colour is part of the name in every language; the size is the same word in all of them.
  const size = item.variant?.size;
  return (
    <article class="item-card card" data-testid="item-card" data-sku={item.sku}>
      {item.picture !== undefined && <img src={new URL(item.picture, location.origin).href} alt="" />}
      <div class="item-words">
        <h1>{textIn(item.name, words.language)}</h1>
        <p class="item-price">
          <Money testId="item-price" amountMinor={price.priceMinor} currency={currency} />
          {item.unit !== 'piece' && <small>{words.t(`unit.per-${item.unit}`)}</small>}
        </p>
        <p class="item-badges">
          {price.rule !== null && <Badge testId="item-price-rule">{price.rule.name}</Badge>}
          {onHandMilli !== null && <Stock onHandMilli={onHandMilli} />}
          {size !== undefined && <Badge>{size}</Badge>}
        </p>
        <Button testId="check-another" size="large" icon={ArrowLeft} iconMirrors onPress={props.onBack}>
          {words.t('kiosk.back')}
        </Button>
      </div>
    </article>
  );
}

function Stock({ onHandMilli }: { readonly onHandMilli: number }): JSX.Element {
  const words = useWords();
  const level = onHandMilli <= 0 ? 'out-of-stock' : onHandMilli <= FEW_MILLI ? 'few-left' : 'in-stock';
  const tone = { 'in-stock': 'good', 'few-left': 'warning', 'out-of-stock': 'danger' } as const;
  return (
    <Badge tone={tone[level]} testId="item-stock">
      {words.t(`kiosk.${level}`)}
    </Badge>
  );
}
