// @vitest-environment happy-dom
// What components promise: keys of the pad, rows in sight, still rows, bars that scan, choices that are kept.

import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { BarcodeBars, code128Widths } from './barcode-bars.tsx';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { entryAfter, Numpad, type NumpadKey } from './numpad.tsx';
import { languageToStart, readPreferences, writePreferences } from './preferences.ts';
import { steady } from './steady.tsx';
import { rowsInSight, VirtualList } from './virtual-list.tsx';

afterEach(cleanup);

describe('numpad', () => {
  test('every key says which one it is', () => {
    const pressed: NumpadKey[] = [];
    render(
      <Numpad testId="pad" label="Pad" backLabel="Back" corner="." onKey={(key) => pressed.push(key)} />,
    );
    for (const key of ['7', '0', 'point', 'back']) fireEvent.click(screen.getByTestId(`pad-${key}`));
    expect(pressed).toEqual(['7', '0', '.', 'back']);
  });

  test('an entry has one decimal point, no leading zeros and an end', () => {
    expect(entryAfter('', '5')).toBe('5');
    expect(entryAfter('0', '5')).toBe('5');
    expect(entryAfter('', '.')).toBe('0.');
    expect(entryAfter('1.2', '.')).toBe('1.2');
    expect(entryAfter('12', 'back')).toBe('1');
    expect(entryAfter('123', '4', 3)).toBe('123');
  });
});

describe('list', () => {
  test('only the rows in sight are drawn, with a few around them', () => {
    expect(rowsInSight({ top: 0, height: 600 }, 60, 10_000)).toEqual({ from: 0, to: 14 });
    expect(rowsInSight({ top: 6000, height: 600 }, 60, 10_000)).toEqual({ from: 96, to: 114 });
    expect(rowsInSight({ top: 6000, height: 600 }, 60, 20)).toEqual({ from: 20, to: 20 });
    expect(rowsInSight({ top: 0, height: 600 }, 60, 0)).toEqual({ from: 0, to: 0 });
  });

  test('ten thousand rows put few elements on the page and say how many there are', () => {
    const rows = Array.from({ length: 10_000 }, (_, place) => `row ${String(place)}`);
    render(
      <VirtualList
        testId="list"
        label="Rows"
        rows={rows}
        rowHeight={50}
        keyOf={(row) => row}
        render={(row) => row}
      />,
    );
    const items = screen.getAllByRole('listitem');
    expect(items.length).toBeLessThan(40);
    expect(items[0]?.getAttribute('aria-setsize')).toBe('10000');
  });
});

test('a steady component is drawn again only when a prop is another value', () => {
  let drawn = 0;
  const Row = steady(function Row({ line }: { readonly line: { readonly name: string } }) {
    drawn += 1;
    return <p>{line.name}</p>;
  });
  const line = { name: 'Milk' };
  const { rerender } = render(<Row line={line} />);
  rerender(<Row line={line} />);
  expect(drawn).toBe(1);
  rerender(<Row line={{ name: 'Bread' }} />);
  expect(drawn).toBe(2);
});

describe('field', () => {
  test('a problem is said in words and belongs to its field', () => {
    render(<Field testId="code" label="Code" value="" onInput={() => undefined} problem="Too short." />);
    const input = screen.getByLabelText('Code');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = document.getElementById(input.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe('Too short.');
  });
});

test('a button that cannot be pressed is not pressed', () => {
  let presses = 0;
  render(
    <Button
      testId="pay"
      isDisabled
      onPress={() => {
        presses += 1;
      }}
    >
      Pay
    </Button>,
  );
  fireEvent.click(screen.getByTestId('pay'));
  expect(presses).toBe(0);
});

describe('bars', () => {
  // "A" in set B by hand: start 104, A is 33, check (104 + 33) mod 103 = 34, stop.
  test('a letter becomes the symbols of the standard', () => {
    expect(code128Widths('A')?.join('')).toBe(['211214', '111323', '131123', '2331112'].join(''));
  });

  test('a receipt number is as wide as its symbols: 11 modules each and 13 for the stop', () => {
    const widths = code128Widths('01-02-A000017') ?? [];
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(15 * 11 + 13);
  });

  test('what cannot be coded is not drawn', () => {
    expect(code128Widths('رسید')).toBeNull();
    const { container } = render(<BarcodeBars code="رسید" symbology="code128" />);
    expect(container.querySelector('svg')).toBeNull();
  });
});

describe('preferences', () => {
  const memory = () => {
    const values = new Map<string, string>();
    return {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    };
  };

  test('a choice is there again at the next start', () => {
    const storage = memory();
    writePreferences(storage, {
      language: 'fa',
      theme: 'dark',
      printer: 'p1',
      terminal: 'counter',
      scale: { profile: 'adam', port: '1027:24577' },
      lineDisplay: { kind: 'network', at: 'pole' },
      isSoundOn: false,
      hasRemoteDisplay: true,
    });
    expect(readPreferences(storage)).toEqual({
      language: 'fa',
      theme: 'dark',
      printer: 'p1',
      terminal: 'counter',
      scale: { profile: 'adam', port: '1027:24577' },
      lineDisplay: { kind: 'network', at: 'pole' },
      isSoundOn: false,
      hasRemoteDisplay: true,
    });
  });

  test('what cannot be read counts as not chosen, and a full storage stops nothing', () => {
    const storage = memory();
    storage.setItem('tillandsia.preferences', '{"theme":"purple","language":7');
    expect(readPreferences(storage).theme).toBe('system');
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => writePreferences(full, readPreferences(full))).not.toThrow();
  });

  test('the language is what was chosen, else what the browser asks for and we speak, else English', () => {
    const none = readPreferences(memory());
    expect(languageToStart({ ...none, language: 'fa' }, ['en-GB'])).toBe('fa');
    expect(languageToStart(none, ['de-DE', 'fa-IR', 'en'])).toBe('fa');
    expect(languageToStart(none, ['de-DE'])).toBe('en');
  });
});
