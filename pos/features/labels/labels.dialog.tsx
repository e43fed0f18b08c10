// Shelf labels: of an item that was looked up, or of everything whose price has changed today; how many of each, on which label
// and on which printer, with the label beside it.

import { Printer, Tag, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import '../../css/labels.css';
import type { LabelSize } from '../../../shared/devices/ports.ts';
import { businessDay } from '../../../shared/domain/business-day.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { buildShelfLabel, LABELS_MAX, type ShelfLabel } from '../../../shared/domain/shelf-label.ts';
import type { ConfiguredPrinter, StoreSettings } from '../../../shared/domain/store.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { FindItem } from './find-item.tsx';
import { LabelPreview } from './label-preview.tsx';
import { withItem, type WantedLabel } from './wanted-label.ts';

const SIZES: readonly LabelSize[] = ['small', 'medium', 'large'];

export function LabelsDialog(props: {
  readonly settings: StoreSettings;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { settings } = props;
  const [wanted, setWanted] = useState<readonly WantedLabel[]>(() => {
    const item = pos.labelledItem.peek();
    return item === null ? [] : [{ item, copies: 1 }];
  });
  useEffect(() => {
    pos.labelledItem.value = null;
  }, []);
  const [size, setSize] = useState<LabelSize>('medium');
  const printers = settings.printers;
  const [printerId, setPrinterId] = useState<string>(
    () => (printers.find(({ zplDpi }) => zplDpi !== undefined) ?? printers[0])?.id ?? '',
  );
  const [isBusy, setBusy] = useState(false);
  const printer = printers.find(({ id }) => id === printerId) ?? null;
  const labels = useMemo(() => wanted.map((one) => labelOf(one)), [wanted, words]);
  const count = wanted.reduce((sum, { copies }) => sum + copies, 0);
  function labelOf({ item, beforeMinor }: WantedLabel): ShelfLabel {
    return buildShelfLabel(item, words, {
      currency: settings.store.currency,
      priceMinor: item.priceMinor,
      today: businessDay(new Date(pos.now.peek()).toISOString(), settings.store),
      ...(beforeMinor !== undefined && { beforeMinor }),
    });
  }
  const addChanged = async () => {
    setBusy(true);
    const changed = await pos.workstation.priceChangesToday();
    setBusy(false);
    if (!pos.report(changed) || !changed.ok) return;
    if (changed.value.length === 0) pos.say('notice', words.t('labels.none-changed'));
    setWanted((former) =>
      changed.value.reduce((all, { item, fromMinor }) => withItem(all, item, fromMinor), former),
    );
  };
  const print = async (on: ConfiguredPrinter) => {
    setBusy(true);
    const jobs = wanted.map((one, place) => ({ label: labels[place] ?? labelOf(one), copies: one.copies }));
    const printed = await pos.labels.print(on, jobs, size);
    setBusy(false);
    if (!pos.report(printed)) return;
    pos.say('good', words.t('labels.sent', { count }));
    props.onClose();
  };
  return (
    <Dialog
      testId="labels"
      width="full"
      title={words.t('labels.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId="labels-print"
          look="primary"
          icon={Printer}
          isDisabled={isBusy || printer === null || count === 0 || count > LABELS_MAX}
          onPress={() => {
            if (printer !== null) void print(printer);
          }}
        >
          {words.t('labels.print', { count })}
        </Button>
      }
    >
      <div class="labels">
        <div class="labels-choices">
          <FindItem onChoose={(item) => setWanted((former) => withItem(former, item))} />
          <Button testId="labels-changed" icon={Tag} isDisabled={isBusy} onPress={() => void addChanged()}>
            {words.t('labels.changed-today')}
          </Button>
          <Wanted wanted={wanted} onChange={setWanted} currency={settings.store.currency} />
        </div>
        <div class="labels-paper">
          <h3>{words.t('labels.size')}</h3>
          <Segmented<LabelSize>
            testId="labels-size"
            label={words.t('labels.size')}
            value={size}
            options={SIZES.map((value) => ({ value, label: words.t(`labels.size-${value}`) }))}
            onChoose={setSize}
          />
          <LabelPreview label={labels[0] ?? null} size={size} />
          <h3>{words.t('labels.printer')}</h3>
          {printers.length === 0 && <p class="soft">{words.t('labels.no-printer')}</p>}
          <ul class="choice-list" role="radiogroup" aria-label={words.t('labels.printer')}>
            {printers.map(({ id, name, zplDpi }) => (
              <li key={id}>
                <label class="choice">
                  <input
                    type="radio"
                    name="label-printer"
                    data-testid={`labels-printer-${id}`}
                    checked={id === printerId}
                    onChange={() => setPrinterId(id)}
                  />
                  <bdi>{name}</bdi>
                  <small class="soft">
                    {words.t(zplDpi === undefined ? 'labels.on-strips' : 'labels.on-labels')}
                  </small>
                </label>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Dialog>
  );
}

function Wanted(props: {
  readonly wanted: readonly WantedLabel[];
  readonly currency: string;
  readonly onChange: (wanted: readonly WantedLabel[]) => void;
}): JSX.Element {
  const words = useWords();
  const { wanted, currency, onChange } = props;
  if (wanted.length === 0) return <p class="soft">{words.t('labels.nothing-yet')}</p>;
  const setCopies = (place: number, copies: number) =>
    onChange(wanted.map((one, at) => (at === place ? { ...one, copies } : one)));
  return (
    <ul class="labels-wanted" data-testid="labels-wanted" data-count={wanted.length}>
      {wanted.map(({ item, copies, beforeMinor }, place) => (
        <li key={item.id}>
          <span class="hit-words">
            <span>{textIn(item.name, words.language)}</span>
            <small>
              {beforeMinor !== undefined && (
                <>
                  <s>
                    <bdi>{words.money(beforeMinor, currency)}</bdi>
                  </s>{' '}
                </>
              )}
              <bdi>{words.money(item.priceMinor, currency)}</bdi>
            </small>
          </span>
          <Button
            testId={`labels-fewer-${item.sku}`}
            label={words.t('labels.fewer')}
            isDisabled={copies === 1}
            onPress={() => setCopies(place, copies - 1)}
          >
            −
          </Button>
          <output data-testid={`labels-copies-${item.sku}`}>{words.number(copies)}</output>
          <Button
            testId={`labels-more-${item.sku}`}
            label={words.t('labels.more')}
            isDisabled={copies === 99}
            onPress={() => setCopies(place, copies + 1)}
          >
            +
          </Button>
          <IconButton
            testId={`labels-remove-${item.sku}`}
            icon={Trash2}
            label={words.t('labels.remove')}
            onPress={() => onChange(wanted.filter((_, at) => at !== place))}
          />
        </li>
      ))}
    </ul>
  );
}
