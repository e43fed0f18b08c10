// Key, enrolment and canary: what says who this device is, and what it had written.

import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { asStoreId, asWorkstationId } from '../../domain/ids.ts';
import { EMPTY_JOURNAL } from '../../domain/journal.ts';
import { createCanary, type CanaryMark } from './canary.ts';
import { createIndexedDbKeyStore } from './key-store-indexeddb.ts';
import { createMemoryKeyStore } from './key-store-memory.ts';
import { createMemoryTextStore } from './memory-ports.ts';

const enrolment = {
  workstationId: asWorkstationId('w1'),
  workstationNumber: 1,
  storeId: asStoreId('s1'),
  storeNumber: 1,
  name: 'Front',
  kind: 'pos' as const,
  serverUrl: 'http://s',
  enrolledAt: '2026-01-01T00:00:00.000Z',
};

describe('signing key', () => {
  test('cannot be taken out of the browser (F7: it is not encrypted on the disk either)', async () => {
    const store = createIndexedDbKeyStore({
      openStores: () => Promise.resolve([new IDBFactory()]),
      subtle: crypto.subtle,
      databaseName: 'k',
    });
    const { privateKey } = await store.createKeys();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow(/extractable/);
  });

  test('stays with its enrolment over a restart, and is gone after it was forgotten', async () => {
    const store = createMemoryKeyStore(crypto.subtle);
    const keys = await store.createKeys();
    expect(await store.load()).toBeNull();
    await store.save({ enrolment, keys });
    expect((await store.load())?.enrolment).toEqual(enrolment);
    await store.forget();
    expect(await store.load()).toBeNull();
  });

  test('is kept apart from the journal, and found where an older browser kept it', async () => {
    const [apart, common] = [new IDBFactory(), new IDBFactory()];
    const on = (...stores: readonly IDBFactory[]) =>
      createIndexedDbKeyStore({
        openStores: () => Promise.resolve(stores),
        subtle: crypto.subtle,
        databaseName: 'k',
      });
    // The keys stand for real ones, which this IndexedDB cannot copy.
    const keys = {
      privateKey: { name: 'private' },
      publicKey: { name: 'public' },
    } as unknown as CryptoKeyPair;
    await on(apart, common).save({ enrolment, keys });
    expect(await on(common).load()).toBeNull();
    expect((await on(apart, common).load())?.enrolment).toEqual(enrolment);
    await on(apart).forget();
    await on(common).save({ enrolment, keys });
    expect((await on(apart, common).load())?.enrolment).toEqual(enrolment);
    await on(apart, common).forget();
    expect(await on(apart, common).load()).toBeNull();
  });

  test('an IndexedDB that cannot be opened rejects, so that nobody takes the device for a new one', async () => {
    const broken = Object.assign(new IDBFactory(), {
      open() {
        throw new DOMException('damaged', 'UnknownError');
      },
    });
    const store = createIndexedDbKeyStore({
      openStores: () => Promise.resolve([broken]),
      subtle: crypto.subtle,
      databaseName: 'k',
    });
    await expect(store.load()).rejects.toThrow('damaged');
  });
});

describe('canary', () => {
  const mark: CanaryMark = {
    workstationId: 'w1',
    head: { epoch: 1, sequence: 7, hash: 'a'.repeat(64) },
    acknowledged: EMPTY_JOURNAL,
    pendingCount: 7,
    pendingAmountMinor: 1299,
  };

  test('comes back as it was written', () => {
    const canary = createCanary(createMemoryTextStore(), '');
    expect(canary.read()).toBeNull();
    expect(canary.write(mark)).toBe(true);
    expect(canary.read()).toEqual(mark);
  });

  test('damaged text is no canary, and never an exception', () => {
    const textStore = createMemoryTextStore();
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"workstationId":1}',
      '{"workstationId":"w","head":{"epoch":"1"}}',
    ]) {
      textStore.setItem('tillandsia.canary', text);
      expect([text, createCanary(textStore, '').read()]).toEqual([text, null]);
    }
  });

  test('a text store that refuses is told by the answer', () => {
    const full = {
      ...createMemoryTextStore(),
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(createCanary(full, '').write(mark)).toBe(false);
  });

  test('the mark of an earlier identity is put aside, not lost and not taken for ours', () => {
    const textStore = createMemoryTextStore();
    const canary = createCanary(textStore, '');
    canary.write(mark);
    expect(canary.retire()).toEqual(mark);
    expect(canary.read()).toBeNull();
    expect(textStore.getItem('tillandsia.canary.retired.w1')).toContain('"sequence":7');
  });
});
