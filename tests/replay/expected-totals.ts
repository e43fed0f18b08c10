// What the books must say, computed from the file's text alone: a reader and an arithmetic of their own, in integer
// pence (BigInt), sharing no line with the reader that drives the workstations.

export type ExpectedTotals = {
  /** Signed pence by invoice number. */
  readonly byInvoice: ReadonlyMap<string, bigint>;
  /** Signed pence by calendar day of the invoice's first row. */
  readonly byDay: ReadonlyMap<string, bigint>;
  readonly grandMinor: bigint;
  /** Change of stock in pieces by stock code: negative when goods left. */
  readonly stockByCode: ReadonlyMap<string, bigint>;
  readonly rows: number;
};

/** Totals of the first `limit` invoices in the text. */
export function expectedTotals(text: string, limit = Number.POSITIVE_INFINITY): ExpectedTotals {
  const byInvoice = new Map<string, bigint>();
  const dayOfInvoice = new Map<string, string>();
  const stockByCode = new Map<string, bigint>();
  let columns: ReadonlyMap<string, number> | null = null;
  let rows = 0;
  for (const cells of splitRows(text)) {
    if (columns === null) {
      columns = new Map(cells.map((name, index) => [name.trim(), index]));
      continue;
    }
    const cell = (name: string, other = name): string =>
      cells[columns?.get(name) ?? columns?.get(other) ?? -1] ?? '';
    const invoice = cell('InvoiceNo', 'Invoice').trim();
    if (!byInvoice.has(invoice)) {
      if (byInvoice.size >= limit) continue;
      dayOfInvoice.set(invoice, dayOf(cell('InvoiceDate')));
    }
    rows += 1;
    const quantity = BigInt(cell('Quantity').trim());
    const price = penceOf(cell('UnitPrice', 'Price').trim());
    byInvoice.set(invoice, (byInvoice.get(invoice) ?? 0n) + quantity * price);
    const code = cell('StockCode').trim();
    stockByCode.set(code, (stockByCode.get(code) ?? 0n) + stockChange({ invoice, quantity, price }));
  }
  const byDay = new Map<string, bigint>();
  for (const [invoice, amount] of byInvoice) {
    const day = dayOfInvoice.get(invoice) ?? '';
    byDay.set(day, (byDay.get(day) ?? 0n) + amount);
  }
  const grandMinor = [...byInvoice.values()].reduce((sum, amount) => sum + amount, 0n);
  return { byInvoice, byDay, grandMinor, stockByCode, rows };
}

/** A free negative row outside a return is a stock count: its sign is the stock's. Otherwise goods and money cross. */
function stockChange(row: { invoice: string; quantity: bigint; price: bigint }): bigint {
  const isReturn = row.invoice.startsWith('C') || row.invoice.startsWith('c');
  if (row.quantity < 0n && row.price === 0n && !isReturn) return row.quantity;
  return row.price < 0n ? row.quantity : -row.quantity;
}

/** Decimal text to pence, parts of a penny rounded half away from zero, without a float. */
function penceOf(text: string): bigint {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null || text === '' || text === '-') throw new Error(`"${text}" is not a price`);
  const fraction = (match[3] ?? '').padEnd(3, '0');
  const thousandths = BigInt(`${match[2] || '0'}${fraction.slice(0, 3)}`);
  const pence = (thousandths + 5n) / 10n;
  return match[1] === '-' ? -pence : pence;
}

function dayOf(text: string): string {
  if (/^\d{4}-/.test(text)) return text.slice(0, 10);
  const [month = '', day = '', rest = ''] = text.split('/');
  const year = rest.split(' ')[0] ?? '';
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** RFC 4180 by hand: quotes, doubled quotes, line breaks in quotes, CRLF. */
function* splitRows(text: string): Generator<string[]> {
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  const start = text.codePointAt(0) === 0xfeff ? 1 : 0;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
      if (cells.length > 1 || cells[0] !== '') yield cells;
      cells = [];
      cell = '';
    } else cell += letter;
  }
  if (cell !== '' || cells.length > 0) yield [...cells, cell];
}
