// Where the visitor is: nobody asks the browser before they tap for it, and a store may be chosen instead.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useShop, useWords } from '../shop-context.ts';

const TIMEOUT_MS = 15_000;
const AGE_MAX_MS = 600_000;

export function NearChoice(): JSX.Element {
  const { t } = useWords();
  const { stores, storeId, place } = useShop();
  const [isRefused, setRefused] = useState(false);
  const locate = (): void => {
    setRefused(false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        storeId.value = null;
        place.value = {
          latitudeMicro: Math.round(coords.latitude * 1_000_000),
          longitudeMicro: Math.round(coords.longitude * 1_000_000),
        };
      },
      () => setRefused(true),
      { timeout: TIMEOUT_MS, maximumAge: AGE_MAX_MS },
    );
  };
  return (
    <div class="near" role="group" aria-label={t('near.title')}>
      {'geolocation' in navigator && (
        <button type="button" class="button quiet" data-testid="near-use" onClick={locate}>
          {t('near.use')}
        </button>
      )}
      <label>
        <span>{t('near.choose')}</span>
        <select
          value={storeId.value ?? ''}
          data-testid="near-store"
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            storeId.value = chosen === '' ? null : chosen;
            place.value = null;
          }}
        >
          <option value="">{t('near.any')}</option>
          {stores.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p role="status">{isRefused ? t('near.refused') : ''}</p>
    </div>
  );
}
