import { describe, expect, it } from 'vitest';
import { failedJob, keptAs, movedJob, type PrintJob } from './print-job.ts';

const RECEIPT: PrintJob = {
  id: 'j1',
  deviceId: 'counter',
  createdAtMs: 0,
  content: { kind: 'receipt', receipt: { language: 'en', blocks: [] } },
  state: 'sending',
  attempts: 1,
  isRepeat: false,
  problem: null,
};
const DRAWER: PrintJob = { ...RECEIPT, content: { kind: 'drawer', expiresAtMs: 10_000 } };

describe('a print whose answer was lost', () => {
  it('is asked for again under the same id, and is no copy', () => {
    const lost = failedJob(RECEIPT, 'printer-server-lost');
    expect(lost).toMatchObject({ isRepeat: false, lostAt: 'counter', state: 'queued' });
    expect(lost && keptAs(lost)).toBe('j1');
    // While there is no line nobody can be asked, so nothing is learnt.
    const offline = lost && failedJob(lost, 'printer-server-offline');
    expect(offline).toMatchObject({ isRepeat: false, lostAt: 'counter' });
    // The server says that nothing was printed: from now on this is certain.
    expect(offline && failedJob(offline, 'printer-paper-out')).not.toHaveProperty('lostAt');
  });

  it('says on another printer that it may stand on paper already, and not on the same', () => {
    const lost = failedJob(RECEIPT, 'printer-server-lost');
    expect(lost && movedJob(lost, 'office')).toMatchObject({ isRepeat: true, deviceId: 'office' });
    expect(lost && movedJob(lost, 'counter')).toMatchObject({ isRepeat: false, lostAt: 'counter' });
    expect(movedJob(RECEIPT, 'office')).toMatchObject({ isRepeat: false });
  });

  it('is dropped where it was for a drawer', () => {
    expect(failedJob(DRAWER, 'printer-server-lost')).toBeNull();
    expect(failedJob(DRAWER, 'printer-claimed')).toMatchObject({ state: 'queued' });
  });
});

it('each copy that may follow a part on paper has an id of its own', () => {
  const second = failedJob(RECEIPT, 'printer-interrupted');
  const third = second && failedJob(second, 'printer-interrupted');
  expect([second, third].map((job) => job && keptAs(job))).toEqual(['j1-1', 'j1-2']);
});
