// The kiosk's one job: scan or search, see name, price and whether it is there. It goes back to the beginning when
// nobody has touched it for a while, and it says so when its prices may be old.

import { ScanBarcode, Search, SearchX, X } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SearchHit } from '../../../shared/client/runtime.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { SPOKEN_LANGUAGES, isSpoken } from '../../../shared/ui/preferences.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useKiosk, useWords } from '../../shell/kiosk-context.ts';
import { ItemCard } from './item-card.tsx';

const IDLE_MS = 40_000;
const HITS_MAX = 24;
const LANGUAGE_NAMES = { en: 'English', fa: 'فارسی' } as const;

export function PriceCheckScreen(): JSX.Element {
  const kiosk = useKiosk();
  const words = useWords();
  const { workstation } = kiosk;
  const shown = useSignal<Item | null>(null);
  const query = useSignal('');
  const problem = useSignal(false);
  const reset = () => {
    shown.value = null;
    query.value = '';
    problem.value = false;
  };
  const show = (items: readonly Item[]) => {
    query.value = '';
    shown.value = items[0] ?? null;
    problem.value = items.length === 0;
  };
  useEffect(
    () =>
      kiosk.scanner.onScan(({ code }) => {
        const items = workstation.findByCode(code);
        if (items.length === 0 && workstation.status.value.catalogue.phase !== 'ready') {
          void workstation.awaitByCode(code).then(show);
        } else show(items);
      }),
    [],
  );
  const isIdle = kiosk.now.value - kiosk.lastTouchedAt.value > IDLE_MS;
  useEffect(() => {
    if (isIdle) reset();
  }, [isIdle]);
  const language = isSpoken(words.language) ? words.language : 'en';
  return (
    <main class="price-check" data-testid="price-check" data-shown={shown.value?.sku ?? ''}>
      <header class="kiosk-head">
        <Logo size="small" />
        <strong>{workstation.settings.value?.store.name ?? words.t('app.name')}</strong>
        <Segmented
          testId="language"
          label={words.t('kiosk.language')}
          value={language}
          options={SPOKEN_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
          onChoose={kiosk.speak}
        />
      </header>
      <Field
        testId="search"
        class="kiosk-search"
        label={words.t('kiosk.search')}
        isLabelHidden
        icon={Search}
        inputMode="search"
        placeholder={words.t('kiosk.search-placeholder')}
        value={query.value}
        maxLength={60}
        onInput={(text) => {
          query.value = text;
          problem.value = false;
        }}
        after={
          query.value !== '' && (
            <IconButton
              testId="search-clear"
              icon={X}
              label={words.t('kiosk.search-clear')}
              onPress={reset}
            />
          )
        }
      />
      {query.value.trim() !== '' ? (
        <Results
          query={query.value.trim()}
          onChoose={(item) => {
            show([item]);
          }}
        />
      ) : shown.value === null ? (
        <Welcome isUnknown={problem.value} />
      ) : (
        <ItemCard item={shown.value} onBack={reset} />
      )}
      <Freshness />
    </main>
  );
}

function Welcome({ isUnknown }: { readonly isUnknown: boolean }): JSX.Element {
  const { workstation } = useKiosk();
  const words = useWords();
  const isReady = workstation.status.value.catalogue.phase === 'ready';
  return (
    <section class="welcome" data-testid="welcome" data-unknown={isUnknown}>
      <Icon of={isUnknown ? SearchX : ScanBarcode} />
      <h1>{words.t('kiosk.title')}</h1>
      <p role={isUnknown ? 'alert' : undefined}>
        {words.t(isUnknown ? 'kiosk.unknown-code' : isReady ? 'kiosk.scan' : 'kiosk.not-ready')}
      </p>
    </section>
  );
}

function Results(props: {
  readonly query: string;
  readonly onChoose: (item: Item) => void;
}): JSX.Element | null {
  const { workstation } = useKiosk();
  const words = useWords();
  const hits = useSignal<readonly SearchHit[] | null>(null);
  const revision = workstation.catalogueRevision.value;
  useEffect(() => {
    let isCurrent = true;
    void workstation.search(props.query, HITS_MAX).then((found) => {
      if (isCurrent) hits.value = found;
    });
    return () => {
      isCurrent = false;
    };
  }, [props.query, revision]);
  const currency = workstation.settings.value?.store.currency;
  if (hits.value === null || currency === undefined) return null;
  if (hits.value.length === 0) {
    return (
      <p class="welcome" data-testid="search-empty">
        {words.t('kiosk.nothing-found', { query: props.query })}
      </p>
    );
  }
  return (
    <ul class="kiosk-results" aria-label={words.t('kiosk.results')} data-testid="search-results">
      {hits.value.map(({ item }) => (
        <li key={item.id}>
          <button
            type="button"
            class="kiosk-hit"
            data-testid={`hit-${item.sku}`}
            onClick={() => props.onChoose(item)}
          >
            {item.picture !== undefined && (
              <img src={new URL(item.picture, location.origin).href} alt="" loading="lazy" />
            )}
            <span>{textIn(item.name, words.language)}</span>
            <Money amountMinor={item.priceMinor} currency={currency} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Prices without a connection are as old as the last contact; a customer is told. */
function Freshness(): JSX.Element | null {
  const { workstation } = useKiosk();
  const words = useWords();
  const { connection, lastContactAt } = workstation.status.value;
  if (connection !== 'offline' || lastContactAt === null) return null;
  return (
    <p class="freshness" role="status" data-testid="freshness">
      {words.t('kiosk.as-of', { time: words.dateTime(lastContactAt) })}
    </p>
  );
}
