// The card terminals of the TERMINALS setting: an allow-list, as that of the printers. The server speaks with these addresses
// and with no others. Keys of terminals stand in files that the setting names, never in it.

import { readFileSync } from 'node:fs';
import path from 'node:path';

export type ZvtSetting = { readonly driver: 'zvt'; readonly password: string };
export type NexoSetting = {
  readonly driver: 'nexo';
  /** The terminal's name at Adyen, such as V400m-324688179. */
  readonly poiId: string;
  /** The shared key that was set for the terminal at Adyen. */
  readonly key: { readonly identifier: string; readonly passphrase: string; readonly version: number };
  /** The certificate authority of the terminals (PEM). */
  readonly certificateAuthority: Buffer;
};
export type TerminalSetting = {
  /** Kebab-case of the name; workstations ask by it. */
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
} & (ZvtSetting | NexoSetting);

export const TERMINAL_SETTINGS_HELP = `  TERMINALS        card terminals, the only ones the server will ask for money:
                   "Counter=zvt://192.168.1.60:20007; Bar=nexo://192.168.1.70:8443?poi=V400m-324688179&key=bar.json&ca=adyen.pem"
                   zvt: ?password=123456 where it is not 000000. nexo (Adyen, local): key is a file with
                   {"identifier":"…","passphrase":"…","version":1}, ca the certificate authority of the terminals`;

const PORTS = { zvt: 20_007, nexo: 8443 } as const;
const TERMINALS_MAX = 50;
const NAME_MAX = 60;
const PASSWORD = /^\d{6}$/u;
const POI = /^[A-Za-z0-9]+-\d+$/u;
const PASSPHRASE_MIN = 8;

/** Terminals of a list separated by semicolons. A sentence per wrong entry goes to `wrong`. */
export function parseTerminals(
  text: string,
  workingFolder: string,
  wrong: string[],
): readonly TerminalSetting[] {
  const terminals: TerminalSetting[] = [];
  for (const entry of text.split(';').map((each) => each.trim())) {
    if (entry === '') continue;
    const terminal = parseTerminal(entry, workingFolder);
    if (typeof terminal === 'string') wrong.push(terminal);
    else if (terminals.some(({ id }) => id === terminal.id)) {
      wrong.push(`TERMINALS has two terminals called "${terminal.name}": give each a name of its own.`);
    } else terminals.push(terminal);
  }
  if (terminals.length > TERMINALS_MAX) wrong.push(`TERMINALS has more than ${TERMINALS_MAX} terminals.`);
  return terminals;
}

function parseTerminal(entry: string, folder: string): TerminalSetting | string {
  const at = entry.indexOf('=');
  const name = entry.slice(0, at).trim();
  const id = kebab(name);
  const address = entry.slice(at + 1).trim();
  // What stands behind the question mark may be a secret, so it is not repeated.
  const shown = entry.split('?')[0] ?? '';
  const say = (what: string): string => `TERMINALS has "${shown}": ${what}`;
  if (at < 1 || !URL.canParse(address)) {
    return say('write name=zvt://host:port or name=nexo://host:port?poi=…&key=…&ca=….');
  }
  if (id === '' || name.length > NAME_MAX) {
    return say(
      `the terminal needs a name with Latin letters before the "=", at most ${NAME_MAX} characters.`,
    );
  }
  const url = new URL(address);
  const driver = url.protocol === 'zvt:' ? 'zvt' : url.protocol === 'nexo:' ? 'nexo' : null;
  if (driver === null || url.hostname === '')
    return say('the address begins with zvt:// or nexo:// and names a host.');
  const port = url.port === '' ? PORTS[driver] : Number(url.port);
  const base = { id, name, host: url.hostname.replaceAll(/[[\]]/gu, ''), port };
  if (driver === 'zvt') {
    const password = url.searchParams.get('password') ?? '000000';
    return PASSWORD.test(password) ? { ...base, driver, password } : say('its password has six digits.');
  }
  const nexo = readNexo(url.searchParams, folder);
  return typeof nexo === 'string' ? say(nexo) : { ...base, ...nexo };
}

function readNexo(given: URLSearchParams, folder: string): NexoSetting | string {
  const [poiId, keyFile, caFile] = [given.get('poi') ?? '', given.get('key') ?? '', given.get('ca') ?? ''];
  if (!POI.test(poiId)) return 'poi is the name of the terminal, such as V400m-324688179.';
  if (keyFile === '' || caFile === '') return 'a nexo terminal needs key=FILE and ca=FILE.';
  const [keyText, authority] = [read(path.resolve(folder, keyFile)), read(path.resolve(folder, caFile))];
  if (keyText === null) return `its key file ${keyFile} cannot be read.`;
  if (authority?.includes('-----BEGIN CERTIFICATE-----') !== true) {
    return `its file ${caFile} cannot be read, or is no certificate in PEM format.`;
  }
  const key = parseKey(keyText.toString('utf8'));
  if (key === null) return `its key file ${keyFile} needs identifier, passphrase and version.`;
  return { driver: 'nexo', poiId, key, certificateAuthority: authority };
}

function parseKey(text: string): NexoSetting['key'] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { identifier, passphrase, version } = { identifier: '', passphrase: '', version: 0, ...value };
    const isWhole =
      typeof identifier === 'string' &&
      identifier !== '' &&
      typeof passphrase === 'string' &&
      passphrase.length >= PASSPHRASE_MIN &&
      typeof version === 'number' &&
      Number.isSafeInteger(version);
    return isWhole ? { identifier, passphrase, version } : null;
  } catch {
    return null;
  }
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

function kebab(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}
