// Which parts stand on the receipt, from top to bottom: each may move, and go where the law lets it.

import { ArrowDown, ArrowUp, Lock } from 'lucide';
import type { JSX } from 'preact';
import { KEPT_PARTS, RECEIPT_PARTS, type ReceiptPart } from '../../../shared/domain/receipt-layout.ts';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function PartList(props: {
  readonly parts: readonly ReceiptPart[];
  readonly onChange: (parts: readonly ReceiptPart[]) => void;
}): JSX.Element {
  const words = useWords();
  const { parts, onChange } = props;
  const hidden = RECEIPT_PARTS.filter((part) => !parts.includes(part));
  const move = (part: ReceiptPart, by: -1 | 1) => {
    const from = parts.indexOf(part);
    const next = [...parts];
    next.splice(from, 1);
    next.splice(from + by, 0, part);
    onChange(next);
  };
  return (
    <section class="layout-part">
      <h3>{words.t('layout.parts')}</h3>
      <p class="soft">{words.t('layout.parts-more')}</p>
      <ol class="layout-parts" data-testid="layout-parts" data-parts={parts.join(' ')}>
        {[...parts, ...hidden].map((part) => {
          const name = words.t(`layout.part-${part}`);
          const place = parts.indexOf(part);
          const isKept = KEPT_PARTS.includes(part);
          return (
            <li key={part} data-shown={place >= 0}>
              <label class="choice">
                <input
                  type="checkbox"
                  data-testid={`layout-part-${part}`}
                  checked={place >= 0}
                  disabled={isKept}
                  onChange={() =>
                    onChange(place >= 0 ? parts.filter((each) => each !== part) : [...parts, part])
                  }
                />
                <span>{name}</span>
                {isKept && <Icon of={Lock} />}
              </label>
              {place >= 0 && (
                <>
                  <IconButton
                    testId={`layout-part-${part}-up`}
                    icon={ArrowUp}
                    label={words.t('layout.part-up', { part: name })}
                    isDisabled={place === 0}
                    onPress={() => move(part, -1)}
                  />
                  <IconButton
                    testId={`layout-part-${part}-down`}
                    icon={ArrowDown}
                    label={words.t('layout.part-down', { part: name })}
                    isDisabled={place === parts.length - 1}
                    onPress={() => move(part, 1)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
