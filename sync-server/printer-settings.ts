// The printers of the PRINTERS setting: an allow-list. The server opens connections to these addresses and to no
// others, whatever a request says, so that a workstation can never make it talk to the rest of the network.

import { knownPrinters } from '../shared/devices/escpos/printer-profiles.ts';

export type PrinterSetting = {
  /** Kebab-case of the name (of the address where it has no Latin letters); workstations print by it. */
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Characters per line in font A: 48 on 80 mm paper, 32 on 58 mm. */
  readonly columns: number;
  /** Key of the printer's profile; null for a usual Epson-compatible one. */
  readonly profile: string | null;
  /** Dots per inch of a label printer that speaks ZPL; null for a receipt printer. */
  readonly zplDpi: 203 | 300 | null;
};

const RAW_PRINTING_PORT = 9100;
const COLUMNS_DEFAULT = 48;
const COLUMNS_MIN = 24;
const COLUMNS_MAX = 64;
const PRINTERS_MAX = 50;

// name = host [:port] [,columns [,profile] | ,zpl203 | ,zpl300]; an IPv6 host stands in brackets.
const PRINTER =
  /^(?<name>[^=]{1,60})=\s*(?<host>\[[0-9a-fA-F:]+\]|[\w.-]{1,253})(?::(?<port>\d{1,5}))?\s*(?:,\s*(?:zpl(?<dpi>203|300)|(?<columns>\d{1,3})(?:\s*,\s*(?<profile>[\w+-]{1,64}))?))?$/u;

/** Printers of a list separated by semicolons. A sentence per wrong entry goes to `wrong`. */
export function parsePrinters(text: string, wrong: string[]): readonly PrinterSetting[] {
  const printers: PrinterSetting[] = [];
  const entries = text.split(';').map((entry) => entry.trim());
  for (const entry of entries.filter((each) => each !== '')) {
    const printer = parsePrinter(entry);
    if (typeof printer === 'string') wrong.push(printer);
    else if (printers.some((other) => other.id === printer.id)) {
      wrong.push(`PRINTERS has two printers called "${printer.name}": give each a name of its own.`);
    } else printers.push(printer);
  }
  if (printers.length > PRINTERS_MAX) wrong.push(`PRINTERS has more than ${PRINTERS_MAX} printers.`);
  return printers;
}

function parsePrinter(entry: string): PrinterSetting | string {
  const parts = PRINTER.exec(entry)?.groups;
  if (parts === undefined) {
    return `PRINTERS has "${entry}": write name=host:port,characters-per-line, such as Counter=192.168.1.50:9100,48, or name=host:port,zpl203 for a label printer.`;
  }
  const name = (parts['name'] ?? '').trim();
  if (!/[\p{Letter}\p{Number}]/u.test(name)) {
    return `PRINTERS has "${entry}": the printer needs a name with letters before the "=".`;
  }
  const port = Number(parts['port'] ?? RAW_PRINTING_PORT);
  if (port < 1 || port > 65_535) return `PRINTERS has "${entry}": the port is a number from 1 to 65535.`;
  const columns = Number(parts['columns'] ?? COLUMNS_DEFAULT);
  if (columns < COLUMNS_MIN || columns > COLUMNS_MAX) {
    return `PRINTERS has "${entry}": characters per line are ${COLUMNS_MIN} to ${COLUMNS_MAX} (48 on 80 mm paper, 32 on 58 mm).`;
  }
  const profile = parts['profile'] ?? null;
  if (profile !== null && !knownPrinters().some(({ key }) => key === profile)) {
    return `PRINTERS has "${entry}": there is no printer profile "${profile}". Known ones: ${knownPrinters()
      .map(({ key }) => key)
      .join(', ')}.`;
  }
  const zplDpi = parts['dpi'] === '203' ? 203 : parts['dpi'] === '300' ? 300 : null;
  const host = (parts['host'] ?? '').replaceAll(/[[\]]/gu, '');
  return { id: kebab(name) || `printer-${kebab(host)}-${port}`, name, host, port, columns, profile, zplDpi };
}

/** Ids are plain ASCII, as the protocol wants them; accents are taken off, other alphabets drop out. */
function kebab(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}
