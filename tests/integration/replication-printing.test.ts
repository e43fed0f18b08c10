// Printing through the server: only configured printers, one job at a time, the same answer to a repeated job, and a
// sentence for everything that goes wrong at a printer.

import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type Problem, type TestWorkstation } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
const printers: Server[] = [];
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
});
afterEach(async () => {
  for (const printer of printers.splice(0)) await new Promise((resolve) => printer.close(resolve));
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** Listens like a printer and is configured under `id`; `behave` sees each connection. */
async function aPrinter(
  id: string,
  behave: (socket: Socket) => void,
  storeId: string | null = 's1',
): Promise<number> {
  const printer = createServer((socket) => {
    socket.on('error', () => undefined);
    behave(socket);
  });
  printers.push(printer);
  await new Promise<void>((resolve) => printer.listen(0, '127.0.0.1', resolve));
  const address = printer.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await configure(id, port, storeId);
  return port;
}
const configure = (id: string, port: number, storeId: string | null = 's1') => database.sql`
  insert into printer (id, store_id, name, host, port, columns)
  values (${id}, ${storeId}, 'Counter', '127.0.0.1', ${port}, 48)`;
const print = (printerId: string, jobId: string, bytes: Buffer | string = 'receipt', from = till) =>
  call<Problem & { outcome?: string }>(`${server.url}/print`, {
    body: { printerId, jobId, bytesBase64: Buffer.from(bytes).toString('base64') },
    token: from.token,
  });

describe('printing', () => {
  test('the printer gets the bytes as they are, once per job', async () => {
    const papers: Buffer[] = [];
    await aPrinter('p1', (socket) => {
      const parts: Buffer[] = [];
      socket.on('data', (part) => parts.push(part));
      socket.on('end', () => papers.push(Buffer.concat(parts)));
    });
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 256));
    expect((await print('p1', 'j1', bytes)).body).toEqual({ outcome: 'sent', jobId: 'j1' });
    expect((await print('p1', 'j1', bytes)).body).toEqual({ outcome: 'sent', jobId: 'j1' });
    expect(papers).toEqual([bytes]);
  });

  test('jobs of several tills come out one after the other', async () => {
    let atOnce = 0;
    let most = 0;
    const papers: string[] = [];
    await aPrinter('p2', (socket) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      socket.on('data', (part) => papers.push(part.toString()));
      socket.on('close', () => {
        atOnce -= 1;
      });
    });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => print('p2', `many-${n}`, `paper ${n}`)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect([most, papers.toSorted()]).toEqual([1, Array.from({ length: 6 }, (_, n) => `paper ${n}`)]);
  });

  test('a printer that is off is said to be off, and the same job prints when it is on', async () => {
    const port = await aPrinter('gone', (socket) => socket.resume());
    await new Promise((resolve) => printers.pop()?.close(resolve));
    const off = await print('gone', 'j2');
    expect([off.status, off.body.code]).toEqual([502, 'printer-unreachable']);
    expect(off.body.detail).toContain('Nothing was printed');
    const printer = createServer((socket) => socket.resume());
    printers.push(printer);
    await new Promise<void>((resolve) => printer.listen(port, '127.0.0.1', resolve));
    expect((await print('gone', 'j2')).status).toBe(200);
  });

  test('a printer that breaks off leaves a part on paper: the job is not printed again by itself', async () => {
    await aPrinter('p3', (socket) => socket.once('data', () => socket.resetAndDestroy()));
    const bytes = Buffer.alloc(400_000, 1);
    const first = await print('p3', 'j3', bytes);
    expect([first.status, first.body.code]).toEqual([502, 'printer-interrupted']);
    expect((await print('p3', 'j3', bytes)).body.code).toBe('printer-interrupted');
  });

  test('another receipt under the same job is refused', async () => {
    await aPrinter('p4', (socket) => socket.resume());
    await print('p4', 'j4', 'one');
    expect((await print('p4', 'j4', 'two')).body.code).toBe('print-job-changed');
  });

  test('the same job id of another till is another job', async () => {
    const papers: string[] = [];
    await aPrinter('p5', (socket) => socket.on('data', (part) => papers.push(part.toString())));
    const other = await aWorkstation(server);
    await print('p5', 'same', 'one');
    await print('p5', 'same', 'two', other);
    expect(papers).toEqual(['one', 'two']);
  });

  test('a printer that is not configured, or is of another store, is unknown; an address is never taken', async () => {
    await aPrinter('p6', (socket) => socket.resume(), 's2');
    for (const id of ['p6', 'nothing', '127.0.0.1:9100']) {
      expect((await print(id, 'j6')).body.code).toBe('printer-unknown');
    }
    const withAddress = await call(`${server.url}/print`, {
      body: { printerId: 'p1', jobId: 'j', bytesBase64: 'AA==', host: '10.0.0.1', port: 25 },
      token: till.token,
    });
    expect(withAddress.status).toBe(400);
  });

  test('what is not base64 or too large is refused', async () => {
    for (const bytesBase64 of ['', '####', 'A'.repeat(700_000)]) {
      const answer = await call(`${server.url}/print`, {
        body: { printerId: 'p1', jobId: 'j7', bytesBase64 },
        token: till.token,
      });
      expect(answer.status).toBe(400);
    }
  });
});
