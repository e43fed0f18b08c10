import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../../tests/support/a-database.ts';
import { inTransaction } from './database.ts';
import { publishDocuments, readFeed, readPosition } from './feed.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.drop());

function publish(
  scope: string,
  documents: { id: string; body: string; deleted?: boolean }[],
): Promise<number> {
  return inTransaction(database, (transaction) =>
    publishDocuments(transaction, { scope, collection: 'stock', documents }),
  );
}

function read(scope: string, after = 0, limit = 100) {
  return readFeed(database.sql, { scope, collection: 'stock', after, limit });
}

describe('change feed', () => {
  test('positions follow the sorted ids, without gaps, and go on in the next publication', async () => {
    expect(
      await publish('s1', [
        { id: 'b', body: '{"n":2}' },
        { id: 'a', body: '{"n":1}' },
      ]),
    ).toBe(2);
    expect(await publish('s1', [{ id: 'c', body: '{"n":3}' }])).toBe(3);
    expect([...(await read('s1'))]).toEqual([
      { id: 'a', position: 1, deleted: false, body: '{"n":1}' },
      { id: 'b', position: 2, deleted: false, body: '{"n":2}' },
      { id: 'c', position: 3, deleted: false, body: '{"n":3}' },
    ]);
  });

  test('a changed document moves to the end and is there once', async () => {
    await publish('s2', [
      { id: 'a', body: '1' },
      { id: 'b', body: '2' },
    ]);
    await publish('s2', [{ id: 'a', body: '3', deleted: true }]);
    expect((await read('s2')).map((row) => [row.id, row.position, row.deleted])).toEqual([
      ['b', 2, false],
      ['a', 3, true],
    ]);
    expect((await read('s2', 2)).map((row) => row.id)).toEqual(['a']);
  });

  test('more documents than one statement takes are numbered through', async () => {
    const documents = Array.from({ length: 450 }, (_, n) => ({ id: String(n).padStart(4, '0'), body: '{}' }));
    expect(await publish('s3', documents)).toBe(450);
    const rows = await read('s3', 0, 1000);
    expect(rows.map((row) => row.position)).toEqual(documents.map((_, n) => n + 1));
  });

  test('text with quotes, backslashes, braces and other alphabets comes back unchanged', async () => {
    const body = JSON.stringify({ text: 'a"b\\c{d},e\'f \\u0000 قهوه ₽ 🥐', nul: '\u0000' });
    await publish('s4', [{ id: '{"odd", \\id}', body }]);
    expect((await read('s4')).map((row) => [row.id, row.body])).toEqual([['{"odd", \\id}', body]]);
  });

  test('a transaction that fails gives its positions back', async () => {
    await publish('s5', [{ id: 'a', body: '1' }]);
    await expect(
      inTransaction(database, async (transaction) => {
        await publishDocuments(transaction, {
          scope: 's5',
          collection: 'stock',
          documents: [{ id: 'b', body: '2' }],
        });
        throw new Error('thought better of it');
      }),
    ).rejects.toThrow('thought better of it');
    expect(await publish('s5', [{ id: 'c', body: '3' }])).toBe(2);
    expect(await readPosition(database.sql, 's5')).toBe(2);
  });

  test('the same id twice at once is refused before anything is written', async () => {
    await expect(
      publish('s6', [
        { id: 'a', body: '1' },
        { id: 'a', body: '2' },
      ]),
    ).rejects.toThrow('published twice');
    expect(await readPosition(database.sql, 's6')).toBe(0);
  });

  test('listeners hear of a scope after its commit and not of one that was rolled back', async () => {
    const heard: [string, number][] = [];
    const end = database.wakeUps.subscribe((scope, position) => heard.push([scope, position]));
    await publish('s7', [{ id: 'a', body: '1' }]);
    await inTransaction(database, async (transaction) => {
      await publishDocuments(transaction, {
        scope: 's7',
        collection: 'stock',
        documents: [{ id: 'b', body: '2' }],
      });
      throw new Error('no');
    }).catch(() => undefined);
    end();
    await publish('s7', [{ id: 'c', body: '3' }]);
    expect(heard).toEqual([['s7', 1]]);
  });

  test('a reader that follows eight concurrent writers misses nothing', async () => {
    const seen = new Map<string, string>();
    let isWriting = true;
    const reader = (async () => {
      let after = 0;
      for (;;) {
        const wasWriting = isWriting;
        const rows = await read('s8', after, 50);
        for (const row of rows) seen.set(row.id, row.body);
        after = rows.at(-1)?.position ?? after;
        if (rows.length === 0 && !wasWriting) return after;
      }
    })();
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 25; round += 1) {
        await inTransaction(database, async (transaction) => {
          const documents = [
            { id: `w${writer}`, body: String(round) },
            { id: `shared${round % 5}`, body: `${writer}-${round}` },
          ];
          await publishDocuments(transaction, { scope: 's8', collection: 'stock', documents });
          if (round % 7 === 3) throw new Error('rolled back');
        }).catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'rolled back') throw error;
        });
      }
    });
    await Promise.all(writers);
    isWriting = false;
    expect(await reader).toBe(await readPosition(database.sql, 's8'));
    const stored = await read('s8', 0, 1000);
    expect(seen).toEqual(new Map(stored.map((row) => [row.id, row.body])));
  });
});
