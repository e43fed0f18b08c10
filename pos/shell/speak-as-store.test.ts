import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { aSettings } from '../../tests/support/a-shop.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { readPreferences, type Preferences } from '../../shared/ui/preferences.ts';
import { speakAsStore } from './speak-as-store.ts';

function aTill(chosen: Preferences['language']) {
  const none = readPreferences({ getItem: () => null, setItem: () => undefined });
  const settings = signal<StoreSettings | null>(null);
  const preferences = signal<Preferences>({ ...none, language: chosen });
  const changes: Partial<Preferences>[] = [];
  const stop = speakAsStore({
    workstation: { settings },
    preferences,
    choosePreferences(change) {
      changes.push(change);
      preferences.value = { ...preferences.value, ...change };
    },
  });
  return { settings, preferences, changes, stop };
}
const ofStore = (defaultLanguage: StoreSettings['store']['defaultLanguage']): StoreSettings => {
  const settings = aSettings();
  return { ...settings, store: { ...settings.store, defaultLanguage } };
};

test('a new till takes the language of its store once it knows it, and keeps it', () => {
  const till = aTill(null);
  expect(till.changes).toEqual([]);
  till.settings.value = ofStore('fa');
  till.settings.value = ofStore('en');
  expect(till.changes).toEqual([{ language: 'fa' }]);
  till.stop();
});

test('what somebody has chosen on the device stays', () => {
  const till = aTill('en');
  till.settings.value = ofStore('fa');
  expect(till.changes).toEqual([]);
  till.stop();
});

test('a language that the screens do not speak yet changes nothing', () => {
  const till = aTill(null);
  till.settings.value = ofStore('pl');
  expect(till.changes).toEqual([]);
  till.stop();
});
