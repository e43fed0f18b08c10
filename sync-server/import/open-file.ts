// Opens the file of an import and finds out what its columns are, from the wish of the person and the first
// record. Refusals are sentences for that person.

import { parseMapOption, locateColumns, type ColumnMap } from './column-map.ts';
import { StartRefused } from '../db/start-refused.ts';
import { formOf, readTable, type Table, type TableRecord } from './read-table.ts';

export type FileWishes = {
  readonly map: readonly string[];
  /** False: the first record is goods; null: look at it. */
  readonly hasHeader: false | null;
  readonly delimiter: string | null;
  readonly encoding: string;
};

export type OpenedFile = {
  readonly table: Table;
  /** The records after the header. */
  readonly records: AsyncIterable<TableRecord>;
  readonly columns: ColumnMap;
};

/** Opens the file. StartRefused when it is not there or its columns cannot be told. */
export async function openFile(file: string, wishes: FileWishes): Promise<OpenedFile> {
  const map = parseMapOption(wishes.map);
  if (!map.ok) {
    const { pair, fields } = map.details;
    throw new StartRefused(
      map.reason === 'map-names-twice'
        ? `--map names the field of "${pair}" twice. Give each field one column.`
        : `--map has "${pair}": write FIELD=COLUMN, where FIELD is one of ${fields}.`,
    );
  }
  const delimiter = wishes.delimiter ?? formOf(file).delimiter;
  if (delimiter.length !== 1) throw new StartRefused('--delimiter is one character, such as ";".');
  const { encoding } = wishes;
  if (encoding !== 'utf8' && encoding !== 'latin1') throw new StartRefused('--encoding is utf8 or latin1.');
  const table = await readTable(file, { delimiter, encoding }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`The file cannot be read (${why}). Nothing was changed.`, { cause: error });
  });
  const iterator = table.records[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new StartRefused(`${file} is empty. Nothing was changed.`);
  if (first.value.kind === 'unreadable') {
    throw new StartRefused('The first line has a quotation mark out of place. Nothing was changed.');
  }
  const located = locateColumns(first.value.fields, { wished: map.value, hasHeader: wishes.hasHeader });
  if (!located.ok) throw new StartRefused(sentenceFor(located.reason, located.details));
  const { columns, isFirstRecordHeader } = located.value;
  return { table, columns, records: following(iterator, isFirstRecordHeader ? null : first.value) };
}

/** Which column is read as what, in words. */
export function columnsOf({ columns }: OpenedFile): string {
  const parts = [...columns].map(([field, place]) => `${field} from column ${place + 1}`);
  return `Reading ${parts.join(', ')}.`;
}

async function* following(
  iterator: AsyncIterator<TableRecord>,
  first: TableRecord | null,
): AsyncGenerator<TableRecord> {
  try {
    if (first !== null) yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function sentenceFor(
  reason: 'column-missing' | 'columns-unknown',
  details: Readonly<Record<string, string | number | boolean>>,
): string {
  return reason === 'column-missing'
    ? `There is no column "${details['column']}" for ${details['field']}. The file has: ${details['columns']}.`
    : `No column of the file is known by its name (${details['columns']}). Say which is which, such as --map sku=Code,name=Description,price=Price.`;
}
