// What other stores answered to requests that had waited: told once, until somebody has seen it.

import { Store } from 'lucide';
import type { JSX } from 'preact';
import { textIn } from '../../shared/domain/localized-text.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Banner } from '../../shared/ui/notices.tsx';
import { usePos, useWords } from './pos-context.ts';

export function AisleNotice(): JSX.Element | null {
  const { workstation } = usePos();
  const words = useWords();
  const news = workstation.aisleAsked.value.filter(({ state, isTold }) => state !== 'waiting' && !isTold);
  if (news.length === 0) return null;
  return (
    <Banner
      testId="aisle-news"
      tone={news.some(({ state }) => state === 'refused') ? 'warning' : 'good'}
      icon={Store}
      actions={
        <Button testId="aisle-seen" onPress={() => workstation.noticeAsked()}>
          {words.t('aisle.seen')}
        </Button>
      }
    >
      {news.map(({ request, state, storeName: store, itemName, code }) => {
        const values = { store, name: textIn(itemName, words.language), customer: request.customer.name };
        return (
          <p key={request.requestId} data-state={state}>
            {state === 'placed'
              ? words.t('aisle.news-placed', { ...values, code: code ?? '' })
              : words.t('aisle.news-refused', values)}
          </p>
        );
      })}
    </Banner>
  );
}
