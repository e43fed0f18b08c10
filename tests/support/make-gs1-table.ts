// Builds shared/domain/gs1/dictionary.ts from GS1's own syntax dictionary (shared/domain/gs1/gs1-syntax-dictionary.txt,
// Apache-2.0): the rows without comments and padding, one line each. Run it after replacing the dictionary by a newer one:
//   npx tsx tests/support/make-gs1-table.ts
// `npm run check` compares the file with the dictionary and fails when they differ.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = path.resolve('shared/domain/gs1');
const DICTIONARY = path.join(FOLDER, 'gs1-syntax-dictionary.txt');
const TABLE = path.join(FOLDER, 'dictionary.ts');

const HEAD = `// Every GS1 application identifier with its format and rules. Generated from gs1-syntax-dictionary.txt by
// tests/support/make-gs1-table.ts; edit neither. GS1 Barcode Syntax Dictionary, copyright (c) 2020-2025 BWIPP project,
// Zint Project and GS1 AISBL, licensed under the Apache License 2.0.
// One row a line: identifiers; flags; components; attributes; title.

`;

/** The rows of the dictionary as the generated file holds them. */
export function gs1Table(dictionary: string): string {
  const rows = dictionary.split('\n').filter((line) => /^\d/.test(line));
  return `${HEAD}export const GS1_DICTIONARY = \`\n${rows.map(compactRow).join('\n')}\n\`;\n`;
}

/** Faults as sentences: what `npm run check` shows. */
export function gs1TableFaults(): readonly string[] {
  const wanted = gs1Table(readFileSync(DICTIONARY, 'utf8'));
  return readFileSync(TABLE, 'utf8') === wanted
    ? []
    : [
        'shared/domain/gs1/dictionary.ts is not what the dictionary says: npx tsx tests/support/make-gs1-table.ts',
      ];
}

function compactRow(row: string): string {
  const [rules = '', title = ''] = row.split('#');
  const [identifiers = '', ...rest] = rules.trim().split(/\s+/);
  const isFlags = /^[^\w[]+$/.test(rest[0] ?? '');
  const flags = isFlags ? (rest[0] ?? '') : '';
  const words = isFlags ? rest.slice(1) : rest;
  const isComponent = (word: string): boolean => /^\[?[NXYZ](?:\.\.)?\d/.test(word);
  const components = words.filter(isComponent).join(' ');
  const attributes = words.filter((word) => !isComponent(word)).join(' ');
  return [identifiers, flags, components, attributes, title.trim()].join(';');
}

const [, started] = process.argv;
if (started !== undefined && import.meta.url === pathToFileURL(started).href) {
  const table = gs1Table(readFileSync(DICTIONARY, 'utf8'));
  writeFileSync(TABLE, table);
  process.stdout.write(`${String(table.split('\n').length - 9)} rows\n`);
}
