// The same three acts on raw IndexedDB, as the least that any till on this browser has to wait: a code by an index, a
// beginning of a name by an index, and one entry written strictly and read back. Times are in milliseconds, from the
// call to the result; there is no screen, no key, no signature and no check in them.

(() => {
  const WORDS = ['tea', 'bread', 'lamp', 'shirt', 'cable', 'soap', 'rice', 'chair', 'milk', 'radio'];
  const FOUND_MAX = 20;
  let opened = null;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });

  const finished = (transaction) =>
    new Promise((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('error', () => reject(transaction.error));
      transaction.addEventListener('abort', () => reject(transaction.error));
    });

  const open = () => {
    const opening = indexedDB.open('plain-till', 1);
    opening.addEventListener('upgradeneeded', () => {
      const items = opening.result.createObjectStore('items', { keyPath: 'id' });
      items.createIndex('barcode', 'barcode');
      items.createIndex('name', 'name');
      opening.result.createObjectStore('entries', { keyPath: 'id' });
    });
    return done(opening);
  };

  const codeOf = (place) => String(2_000_000_000_000 + place);
  const timed = async (act) => {
    const started = performance.now();
    await act();
    return performance.now() - started;
  };

  globalThis.plainTill = {
    /** Puts so many items in, if they are not there. */
    async fill(count) {
      opened = await open();
      if ((await done(opened.transaction('items').objectStore('items').count())) >= count) return;
      for (let from = 0; from < count; from += 2000) {
        const transaction = opened.transaction('items', 'readwrite');
        const items = transaction.objectStore('items');
        for (let place = from; place < Math.min(count, from + 2000); place += 1) {
          const name = `${WORDS[place % 10]} ${WORDS[(place * 7) % 10]} ${place}`;
          items.put({
            id: `item-${place}`,
            barcode: codeOf(place),
            name,
            priceMinor: 99,
            note: 'x'.repeat(300),
          });
        }
        await finished(transaction);
      }
    },
    scan: (place) =>
      timed(() => done(opened.transaction('items').objectStore('items').index('barcode').get(codeOf(place)))),
    search: (text) =>
      timed(() => {
        const range = IDBKeyRange.bound(text, `${text}\uffff`);
        return done(opened.transaction('items').objectStore('items').index('name').getAll(range, FOUND_MAX));
      }),
    pay: (id, body) =>
      timed(async () => {
        const transaction = opened.transaction('entries', 'readwrite', { durability: 'strict' });
        transaction.objectStore('entries').put({ id, body });
        await finished(transaction);
        await done(opened.transaction('entries').objectStore('entries').get(id));
      }),
  };
})();
