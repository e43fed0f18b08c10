// The kiosk's one job: scan or search, see name, price and whether it is there. It goes back to the beginning when
// nobody has touched it for a while, and it says so when its prices may be old.

import { Camera, ScanBarcode, Search, SearchX, X } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { parseScannedCode } from '../../../shared/domain/scanned-code.ts';
import { soughtCode } from '../../../shared/domain/sought-code.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { CameraPanel } from '../../../shared/ui/camera-panel.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { SPOKEN_LANGUAGES, isSpoken } from '../../../shared/ui/preferences.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useKiosk, useWords } from '../../shell/kiosk-context.ts';
import { ItemCard } from './item-card.tsx';
import { Results } from './results.tsx';

const IDLE_MS = 40_000;
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
  const isCameraOpen = useSignal(false);
  const take = (scanned: string) => {
    isCameraOpen.value = false;
    const patterns = workstation.settings.value?.store.scalePatterns ?? [];
    const code = soughtCode(scanned, parseScannedCode(scanned, { patterns }));
    const items = workstation.findByCode(code);
    if (items.length === 0 && workstation.status.value.catalogue.phase !== 'ready') {
      void workstation.awaitByCode(code).then(show);
    } else show(items);
  };
  useEffect(() => kiosk.scanner.onScan(({ code }) => take(code)), []);
  useIdleReset(reset);
  return (
    <main class="price-check" data-testid="price-check" data-shown={shown.value?.sku ?? ''}>
      <Head />
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
        <Results query={query.value.trim()} onChoose={(item) => show([item])} />
      ) : shown.value === null ? (
        <Welcome
          isUnknown={problem.value}
          onCamera={() => {
            isCameraOpen.value = true;
          }}
        />
      ) : (
        <ItemCard item={shown.value} onBack={reset} />
      )}
      <Freshness />
      {isCameraOpen.value && (
        <CameraPanel
          camera={kiosk.camera}
          onCode={take}
          onClose={() => {
            isCameraOpen.value = false;
          }}
        />
      )}
    </main>
  );
}

/** Calls back once when nobody has touched the kiosk for a while. */
function useIdleReset(reset: () => void): void {
  const { now, lastTouchedAt } = useKiosk();
  const isIdle = now.value - lastTouchedAt.value > IDLE_MS;
  useEffect(() => {
    if (isIdle) reset();
  }, [isIdle]);
}

function Head(): JSX.Element {
  const { workstation, speak } = useKiosk();
  const words = useWords();
  const language = isSpoken(words.language) ? words.language : 'en';
  return (
    <header class="kiosk-head">
      <Logo size="small" />
      <strong>{workstation.settings.value?.store.name ?? words.t('app.name')}</strong>
      <Segmented
        testId="language"
        label={words.t('kiosk.language')}
        value={language}
        options={SPOKEN_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
        onChoose={speak}
      />
    </header>
  );
}

function Welcome({
  isUnknown,
  onCamera,
}: {
  readonly isUnknown: boolean;
  readonly onCamera: () => void;
}): JSX.Element {
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
      <Button testId="camera-open" icon={Camera} size="large" onPress={onCamera}>
        {words.t('kiosk.camera')}
      </Button>
    </section>
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
