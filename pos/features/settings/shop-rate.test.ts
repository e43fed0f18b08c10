// Rates of foreign cash read in the figures of the language.

import { expect, test } from 'vitest';
import { createSpeech } from '../../../shared/ui/speech.ts';
import { shopRate } from './shop-rate.ts';

const dollar = { currency: 'USD', rateMicro: 920_001, perUnits: 100 };

test('an exchange rate is written in Persian figures where the till speaks Persian', () => {
  expect(shopRate(dollar, createSpeech('fa', {}))).toEqual({ foreign: '۱۰۰ USD', rate: '۰٫۹۲۰۰۰۱' });
});

test('an exchange rate keeps its six decimals in English', () => {
  expect(shopRate(dollar, createSpeech('en', {}))).toEqual({ foreign: '100 USD', rate: '0.920001' });
});
