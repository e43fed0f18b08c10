// Printing through the server: only configured printers, one job at a time, the same answer to a repeated job, and a
// sentence for everything that goes wrong at a printer.

import { createServer, type Server, type Socket } from 'node:net';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type Problem, type TestWorkstation } from '../support/a-workstation.ts';
import { startVirtualPrinter, type VirtualPrinter } from '../support/virtual-printer.ts';

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
const printers: Server[] = [];
const virtual: VirtualPrinter[] = [];
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
});
afterEach(async () => {
  for (const printer of printers.splice(0)) await new Promise((resolve) => printer.close(resolve));
  for (const printer of virtual.splice(0)) await printer.close();
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

/** ESC @, a line, a cut: the smallest receipt. */
const receipt = (text: string) => Buffer.from(`\x1b@${text}\n\x1dV\x42\x00`, 'latin1');
const pulse = Buffer.from([0x1b, 0x70, 0, 60, 120]);

async function aVirtualPrinter(id: string): Promise<VirtualPrinter> {
  const printer = await startVirtualPrinter();
  virtual.push(printer);
  await configure(id, printer.port);
  return printer;
}

describe('a printer that says how it is', () => {
  const statusOf = (id: string) =>
    call<Problem & { outcome?: string; paper?: string; isCoverOpen?: boolean }>(
      `${server.url}/printers/${id}/status`,
      { token: till.token },
    );

  test('what it proves to be on paper is told as such, and nothing of the questions is printed', async () => {
    const printer = await aVirtualPrinter('v1');
    expect((await print('v1', 'v1-1', receipt('Tea'))).body).toEqual({
      outcome: 'sent',
      jobId: 'v1-1',
      isOnPaper: true,
    });
    const job = await printer.job(1);
    expect({ text: job.text, faults: job.faults, isComplete: job.isComplete }).toEqual({
      text: 'Tea\n[cut]',
      faults: [],
      isComplete: true,
    });
    // Asked again, the answer is the same and no paper moves.
    expect((await print('v1', 'v1-1', receipt('Tea'))).body).toMatchObject({ isOnPaper: true });
    expect(printer.jobs).toHaveLength(1);
  });

  test.each([
    ['printer-paper-out', (printer: VirtualPrinter) => printer.setPaper('out')],
    ['printer-cover-open', (printer: VirtualPrinter) => printer.openCover()],
    ['printer-fault', (printer: VirtualPrinter) => printer.setFault('recoverable')],
    ['printer-overheated', (printer: VirtualPrinter) => printer.setFault('overheated')],
    ['printer-broken', (printer: VirtualPrinter) => printer.setFault('unrecoverable')],
  ] as const)('%s is found before a byte is sent, and the same job prints later', async (code, befall) => {
    const id = `stopped-${randomUUID()}`;
    const printer = await aVirtualPrinter(id);
    befall(printer);
    const refused = await print(id, id, receipt('Tea'));
    expect([refused.status, refused.body.code]).toEqual([502, code]);
    expect(refused.body.detail).toContain('Nothing was printed');
    expect(printer.jobs).toHaveLength(0);
    printer.setPaper('loaded');
    printer.closeCover();
    printer.setFault('none');
    expect((await print(id, id, receipt('Tea'))).body).toMatchObject({ isOnPaper: true });
    expect((await printer.job(1)).text).toBe('Tea\n[cut]');
  });

  test('paper that ends in the middle is told as interrupted, and the job is not printed again by itself', async () => {
    const printer = await aVirtualPrinter('v3');
    printer.stopAfter(40, 'paper-out');
    const long = receipt('A long receipt. '.repeat(20));
    expect((await print('v3', 'v3-1', long)).body.code).toBe('printer-interrupted');
    expect((await printer.job(1)).isComplete).toBe(false);
    expect((await print('v3', 'v3-1', long)).body.code).toBe('printer-interrupted');
  });

  test('its state is asked for between jobs: a roll near its end, an open cover, no printer at all', async () => {
    const printer = await aVirtualPrinter('v4');
    printer.setPaper('near-end');
    expect((await statusOf('v4')).body).toMatchObject({ outcome: 'says', paper: 'near-end' });
    printer.openCover();
    expect((await statusOf('v4')).body).toMatchObject({ outcome: 'says', isCoverOpen: true });
    await aPrinter('mute', (socket) => socket.resume());
    expect((await statusOf('mute')).body).toEqual({ outcome: 'silent' });
    expect((await statusOf('nobody')).body.code).toBe('printer-unknown');
    expect(printer.jobs).toHaveLength(0);
  });
});

describe('jobs that were accepted', () => {
  const accept = (jobId: string, bytes: Buffer, printerId: string, validUntil: Date | null = null) =>
    database.sql`
      insert into printed_job (workstation_id, job_id, printer_id, content_hash, state, bytes, valid_until)
      values (${till.id}, ${jobId}, ${printerId}, ${createHash('sha256').update(bytes).digest('hex')}, 'queued',
        ${bytes}, ${validUntil})`;

  test('survive the server: the next one prints them, but no drawer that comes too late', async () => {
    const printer = await aVirtualPrinter('kept');
    // As the rows of a server stand that died while the jobs waited for their turn.
    await accept('kept-1', receipt('Waited'), 'kept');
    await accept('kept-2', pulse, 'kept', new Date(Date.now() - 1_000));
    const next = await aSyncServer({ database });
    try {
      const job = await printer.job(1);
      expect(job.text).toBe('Waited\n[cut]');
      // The till that asks again is told, and nothing comes out twice.
      const again = await call<{ isOnPaper?: boolean }>(`${next.url}/print`, {
        body: { printerId: 'kept', jobId: 'kept-1', bytesBase64: receipt('Waited').toString('base64') },
        token: till.token,
      });
      expect(again.body).toMatchObject({ isOnPaper: true });
    } finally {
      await next.stop();
    }
    expect(printer.jobs.map(({ drawerPulses }) => drawerPulses)).toEqual([0]);
    const rows = await database.sql<{ job_id: string; state: string; bytes: Uint8Array | null }[]>`
      select job_id, state, bytes from printed_job where job_id like 'kept-%' order by job_id`;
    expect(rows).toEqual([
      { job_id: 'kept-1', state: 'sent', bytes: null },
      { job_id: 'kept-2', state: 'failed', bytes: null },
    ]);
  });

  test('a pulse opens the drawer while it is valid', async () => {
    const printer = await aVirtualPrinter('drawer');
    const opened = await call<{ outcome?: string }>(`${server.url}/print`, {
      body: { printerId: 'drawer', jobId: 'd1', bytesBase64: pulse.toString('base64'), validForMs: 10_000 },
      token: till.token,
    });
    expect(opened.body).toMatchObject({ outcome: 'sent' });
    expect((await printer.job(1)).drawerPulses).toBe(1);
  });
});
