// When a store is open: today in one line, or the whole week.

import type { JSX } from 'preact';
import type { ShopStore } from '../api.ts';
import { hoursOn } from '../near-stores.ts';
import { useShop, useWords } from '../shop-context.ts';

export function HoursToday({ store }: { readonly store: ShopStore }): JSX.Element | null {
  const { t, timeOfDay } = useWords();
  const hours = hoursOn(store, useShop().now());
  if (hours === undefined) return null;
  return (
    <p class="faint">
      {hours === null
        ? t('hours.closed')
        : t('hours.open', { from: timeOfDay(hours.opensAtMinute), to: timeOfDay(hours.closesAtMinute) })}
    </p>
  );
}

export function HoursOfWeek({ store }: { readonly store: ShopStore }): JSX.Element | null {
  const { t, timeOfDay, weekday } = useWords();
  if (store.hours === undefined) return null;
  return (
    <details>
      <summary>{t('hours.title')}</summary>
      <dl class="hours">
        {store.hours.map((each) => (
          <div key={`${String(each.weekday)} ${String(each.opensAtMinute)}`}>
            <dt>{weekday(each.weekday)}</dt>
            <dd>
              <bdi>
                {timeOfDay(each.opensAtMinute)} – {timeOfDay(each.closesAtMinute)}
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
