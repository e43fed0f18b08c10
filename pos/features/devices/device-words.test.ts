// The sentences of the devices lie in files of their own; they are held to the same rules as all others.

import { expect, test } from 'vitest';
import { DEVICE_HEALTHS } from '../../../shared/devices/device-ports.ts';
import english from '../../messages/devices-en.json' with { type: 'json' };
import persian from '../../messages/devices-fa.json' with { type: 'json' };

const values = (text: string) =>
  [...text.matchAll(/\{(\w+)/g)]
    .map(([, name = '']) => name)
    .toSorted((one, other) => one.localeCompare(other));

test('Persian says the same things with the same values, in Persian', () => {
  expect(Object.keys(persian)).toEqual(Object.keys(english));
  const own = new Map(Object.entries(persian));
  for (const [key, text] of Object.entries(english)) {
    const said = own.get(key) ?? '';
    expect([key, values(said)]).toEqual([key, values(text)]);
    expect(said.replaceAll(/\{[^}]*\}/g, '')).not.toMatch(/[يك]|[A-Za-z]{3,}/);
  }
});

test('for every state of a device there is a sentence that says what to do', () => {
  const missing = DEVICE_HEALTHS.filter((health) => !(`devices.do-${health}` in english));
  expect(missing).toEqual([]);
});
