import { describe, expect, it } from 'vitest';
import { displayColumns, wrapText } from './display-width.ts';

describe('columns of a fixed-width printer', () => {
  it.each([
    ['Tea', 3],
    ['café', 4],
    ['cafe\u0301', 4],
    ['緑茶', 4],
    ['کم\u200cچرب', 5],
    ['🍵', 2],
    ['👩‍🌾', 2],
    ['', 0],
  ])('%s takes %i', (text, columns) => {
    expect(displayColumns(text)).toBe(columns);
  });
});

describe('wrapping', () => {
  it('breaks at spaces and cuts only a word that is longer than the line', () => {
    expect(wrapText('Oat drink with calcium 1 l', 10)).toEqual(['Oat drink', 'with', 'calcium 1', 'l']);
    expect(wrapText('Donaudampfschiff', 7)).toEqual(['Donauda', 'mpfschi', 'ff']);
    expect(wrapText('緑茶緑茶緑茶', 5)).toEqual(['緑茶', '緑茶', '緑茶']);
  });

  it('gives one empty line for nothing', () => {
    expect(wrapText('', 10)).toEqual(['']);
    expect(wrapText('   ', 10)).toEqual(['']);
  });
});
