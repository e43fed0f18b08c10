// The title of the window, which screen readers say first and people find tabs by.

import { useEffect } from 'preact/hooks';
import { useWords } from '../shop-context.ts';

export function useTitle(title: string): void {
  const { t } = useWords();
  const shop = t('shop.name');
  useEffect(() => {
    document.title = `${title} · ${shop}`;
  }, [title, shop]);
}
