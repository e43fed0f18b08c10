// The call centre: what every store has of an item, goods kept at any store for whoever is on the telephone, and where an order
// stands. All of it is the server's word, so it needs contact and says so.

import { Minus, Plus, Search } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AisleOrder } from '../../../shared/client/aisle-desk.ts';
import type { SearchHit } from '../../../shared/client/runtime.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Badge, Banner } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { StoresPanel, type Wanted } from '../../shell/stores-panel.tsx';
import { stateText } from './state-text.ts';

const HITS_MAX = 8;
const PIECE_MILLI = 1000;
/** Lines of one call. */
const LINES_MAX = 20;

export function CallCentreScreen(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { connection } = pos.workstation.status.value;
  return (
    <main class="transactions call-centre" data-testid="call-centre-screen">
      <section class="card transactions-list">
        <header class="panel-head">
          <h1>{words.t('call-centre.title')}</h1>
        </header>
        <div class="order-scroll">
          {connection === 'offline' && (
            <Banner testId="call-centre-offline" tone="warning">
              {words.t('call-centre.offline')}
            </Banner>
          )}
          <Reserve />
        </div>
      </section>
      <section class="card transaction-one">
        <header class="panel-head">
          <h2>{words.t('call-centre.orders')}</h2>
        </header>
        <div class="order-scroll">
          <LookUp />
        </div>
      </section>
    </main>
  );
}

/** Items with how many of each, then a store that has all of them, then for whom. */
function Reserve(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [wanted, setWanted] = useState<readonly Wanted[]>([]);
  const change = (itemId: string, quantityMilli: number): void =>
    setWanted(
      wanted
        .map((one) => (one.item.id === itemId ? { ...one, quantityMilli } : one))
        .filter((one) => one.quantityMilli > 0),
    );
  return (
    <>
      <FindItem
        onFound={(item) => {
          const there = wanted.find((one) => one.item.id === item.id);
          if (there !== undefined) change(item.id, there.quantityMilli + PIECE_MILLI);
          else if (wanted.length < LINES_MAX) setWanted([...wanted, { item, quantityMilli: PIECE_MILLI }]);
        }}
      />
      {wanted.length > 0 && (
        <>
          <ul class="call-centre-wanted" data-testid="call-centre-wanted">
            {wanted.map(({ item, quantityMilli }) => (
              <li key={item.id} data-testid={`wanted-${item.sku}`} data-quantity-milli={quantityMilli}>
                <bdi>{textIn(item.name, words.language)}</bdi>
                <IconButton
                  testId={`wanted-${item.sku}-less`}
                  icon={Minus}
                  label={words.t('call-centre.less', { name: textIn(item.name, words.language) })}
                  onPress={() => change(item.id, quantityMilli - PIECE_MILLI)}
                />
                <strong>{words.quantity(quantityMilli, item.unit)}</strong>
                <IconButton
                  testId={`wanted-${item.sku}-more`}
                  icon={Plus}
                  label={words.t('call-centre.more', { name: textIn(item.name, words.language) })}
                  onPress={() => change(item.id, quantityMilli + PIECE_MILLI)}
                />
              </li>
            ))}
          </ul>
          <StoresPanel
            wanted={wanted}
            channel="call-centre"
            onAsked={({ storeName: store, code }) => {
              pos.say('good', words.t('aisle.placed', { store, code: code ?? '' }));
              setWanted([]);
            }}
          />
        </>
      )}
    </>
  );
}

function FindItem({ onFound }: { readonly onFound: (item: Item) => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void pos.workstation.search(text.trim(), HITS_MAX).then((found) => {
      if (isCurrent) setHits(text.trim() === '' ? [] : found);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return (
    <>
      <Field
        testId="call-centre-search"
        label={words.t('call-centre.item')}
        icon={Search}
        inputMode="search"
        direction="auto"
        value={text}
        onInput={setText}
      />
      <div class="order-customers" role="group" aria-label={words.t('call-centre.item')}>
        {hits.map((hit) => (
          <Button
            key={hit.item.id}
            testId={`call-centre-item-${hit.item.sku}`}
            onPress={() => {
              setText('');
              onFound(hit.item);
            }}
          >
            <bdi>{textIn(hit.item.name, words.language)}</bdi>
          </Button>
        ))}
      </div>
    </>
  );
}

function LookUp(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly AisleOrder[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    if (isBusy || text.trim().length < 2) return;
    setBusy(true);
    const outcome = await pos.workstation.findAnyOrder(text.trim());
    setBusy(false);
    if (pos.report(outcome) && outcome.ok) setFound(outcome.value);
  };
  return (
    <>
      <form
        class="decision"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <Field
          testId="call-centre-words"
          label={words.t('call-centre.words')}
          inputMode="search"
          direction="auto"
          value={text}
          onInput={setText}
        />
        <Button
          testId="call-centre-look"
          type="submit"
          size="large"
          isDisabled={isBusy || text.trim().length < 2}
        >
          {words.t('call-centre.look')}
        </Button>
      </form>
      {found?.length === 0 && <p data-testid="call-centre-none">{words.t('call-centre.none')}</p>}
      <ul>
        {(found ?? []).map((order) => (
          <li
            key={order.orderId}
            class="aisle-row"
            data-testid={`call-centre-order-${order.code}`}
            data-state={order.state}
          >
            <span class="hit-words">
              <strong>
                <bdi class="ltr">{order.code}</bdi> · <bdi>{order.customerName}</bdi>
              </strong>
              <small>
                <bdi>{order.storeName}</bdi> ·{' '}
                {order.goods.map(({ name }) => textIn(name, words.language)).join(', ')} ·{' '}
                {words.t('call-centre.until', { at: words.dateTime(order.dueAt) })}
              </small>
            </span>
            <Badge>{stateText(words, order.state)}</Badge>
          </li>
        ))}
      </ul>
    </>
  );
}
