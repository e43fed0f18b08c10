import { expect, test } from 'vitest';
import { withDeleted } from './pull-documents.ts';

test.each([
  ['{"id":"a"}', '{"id":"a","_deleted":false}'],
  ['{}', '{"_deleted":false}'],
  ['{ }', '{"_deleted":false}'],
  ['{"id":"a","n":{}}\n', '{"id":"a","n":{},"_deleted":false}'],
  ['{"id":"}"}', '{"id":"}","_deleted":false}'],
])('a stored document %s is handed on with its mark', (body, expected) => {
  expect(withDeleted(body, false)).toBe(expected);
});
