// Looks an item up for its label: by words, by a typed code, or by a scan.

import { Search } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SearchHit } from '../../../shared/client/runtime.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useScans } from '../../shell/use-keyboard.ts';

const HITS_MAX = 6;

export function FindItem(props: { readonly onChoose: (item: Item) => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (text.trim() === '') setHits([]);
    else
      void pos.workstation.search(text, HITS_MAX).then((found) => {
        if (isCurrent) setHits(found);
      });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  const choose = (item: Item) => {
    setText('');
    props.onChoose(item);
  };
  useScans((code) => {
    const [found] = pos.workstation.findByCode(code);
    if (found === undefined) pos.say('danger', words.t('labels.code-unknown', { code }));
    else choose(found);
  });
  return (
    <div class="labels-find">
      <Field
        testId="labels-search"
        label={words.t('labels.find')}
        icon={Search}
        inputMode="search"
        value={text}
        onInput={setText}
        onEnter={() => {
          const [first] = hits;
          if (first !== undefined) choose(first.item);
        }}
      />
      {hits.length > 0 && (
        <ul class="labels-hits" data-testid="labels-hits">
          {hits.map(({ item }) => (
            <li key={item.id}>
              <button
                type="button"
                class="button"
                data-look="quiet"
                data-testid={`labels-hit-${item.sku}`}
                onClick={() => choose(item)}
              >
                <span>{textIn(item.name, words.language)}</span>
                <bdi>
                  {words.money(item.priceMinor, pos.workstation.settings.value?.store.currency ?? 'EUR')}
                </bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
