// The picture of an item, or its first letter in the tone of its category while there is none. Pictures are never
// waited for and never needed: without a network the letter stands in.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function ItemPicture({ item }: { readonly item: Item }): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const [isBroken, setBroken] = useState(false);
  const tone = workstation.settings.value?.categories.find((one) => one.id === item.categoryId)?.tone;
  return (
    <span class="picture" data-tone={tone ?? 'stone'} aria-hidden="true">
      {item.picture === undefined || isBroken ? (
        [...textIn(item.name, words.language)][0]
      ) : (
        <img
          src={new URL(item.picture, location.origin).href}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}
