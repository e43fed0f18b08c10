import { expect, test } from 'vitest';
import { createPlacingQueue } from './placing-queue.ts';

test('what arrives while a group is at work goes together, in order, store by store', async () => {
  const groups: string[] = [];
  const place = createPlacingQueue<number, number>(async (key, requests) => {
    groups.push(`${key}: ${requests.join(' ')}`);
    await Promise.resolve();
    return requests.map((request) => request * 10);
  });
  const answers = await Promise.all([place('s1', 1), place('s1', 2), place('s2', 3), place('s1', 4)]);
  expect(answers).toEqual([10, 20, 30, 40]);
  expect(groups).toEqual(['s1: 1', 's2: 3', 's1: 2 4']);
});

test('one that fails takes no other with it', async () => {
  const place = createPlacingQueue<string, string>(async (_key, requests) => {
    await Promise.resolve();
    if (requests.includes('bad')) throw new Error('no');
    return requests.map((request) => `${request} placed`);
  });
  const answers = await Promise.allSettled(
    ['first', 'good', 'bad', 'better'].map((request) => place('s1', request)),
  );
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'refused'))).toEqual([
    'first placed',
    'good placed',
    'refused',
    'better placed',
  ]);
});
