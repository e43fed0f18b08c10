// An item at the other stores, and what this till has asked of them so far.

import type { JSX } from 'preact';
import type { AisleAsked } from '../../../shared/client/aisle-desk.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { StoresPanel } from '../../shell/stores-panel.tsx';

const SHOWN_MAX = 10;
const TONES = { waiting: 'warning', placed: 'good', refused: 'danger' } as const;

export function ElsewhereQuestion(props: {
  readonly item: Item;
  readonly quantityMilli: number;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { item, quantityMilli, onClose } = props;
  const told = ({ state, code, storeName }: AisleAsked): void => {
    if (state === 'placed') pos.say('good', words.t('aisle.placed', { store: storeName, code: code ?? '' }));
    else pos.say('notice', words.t('aisle.waiting', { store: storeName }));
    onClose();
  };
  return (
    <Dialog
      testId="elsewhere"
      kind="sheet"
      title={words.t('aisle.title', { name: textIn(item.name, words.language) })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
    >
      <StoresPanel wanted={[{ item, quantityMilli }]} channel="store" onAsked={told} />
      <AskedList />
    </Dialog>
  );
}

function AskedList(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const asked = pos.workstation.aisleAsked.value.slice(0, SHOWN_MAX);
  if (asked.length === 0) return null;
  return (
    <section data-testid="aisle-asked">
      <h3>{words.t('aisle.asked')}</h3>
      <ul class="attention-rows">
        {asked.map((one) => (
          <li key={one.request.requestId} class="aisle-row" data-state={one.state}>
            <span class="hit-words">
              <strong>{textIn(one.itemName, words.language)}</strong>
              <small>
                <bdi>{one.request.customer.name}</bdi> · <bdi>{one.storeName}</bdi>
                {one.code !== null && <bdi class="ltr"> · {one.code}</bdi>}
              </small>
            </span>
            <Badge tone={TONES[one.state]}>{words.t(`aisle.state.${one.state}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
