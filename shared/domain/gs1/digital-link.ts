// GS1 Digital Link: the fields of a GS1 code as a web address, https://shop.example/01/09520123456788/10/ABC?17=261231.
// The path ends in a key with its qualifiers in a fixed order, the query carries further fields; whatever else is in the
// address is left aside. Source: GS1 Digital Link Standard, URI Syntax 1.4 and 1.5.

import { accept, refuse, type Outcome } from '../refusal.ts';
import {
  applicationIdentifier,
  unknownIdentifier,
  type ApplicationIdentifier,
} from './application-identifier.ts';
import { checkElement, ELEMENTS_MAX, type Gs1Element } from './element-string.ts';

export type LinkOptions = {
  /** GTIN-8, -12 and -13 stand for themselves with zeros before: many printers leave them out. */
  readonly padsGtin?: boolean;
  /** Reads the names that version 1.1 allowed (`gtin`, `ser`) in place of numbers. */
  readonly readsNames?: boolean;
  /** Keeps fields that the dictionary does not know. */
  readonly keepsUnknown?: boolean;
  /** Lets unknown fields stand in the query. */
  readonly allowsUnknownInQuery?: boolean;
};

const NAMES: ReadonlyMap<string, string> = new Map(
  `gtin:01 itip:8006 gmn:8013 cpid:8010 gln:414 payto:415 party:417 gsrnp:8017 gsrn:8018 gcn:255 sscc:00 gdti:253 ginc:401
  gsin:402 grai:8003 giai:8004 cpv:22 lot:10 ser:21 cpsn:8011 glnx:254 refno:8020 srin:8019`
    .split(/\s+/)
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
);

/** Is this an address at all? */
export function isWebAddress(text: string): boolean {
  return /^(?:https?|HTTPS?):\/\//.test(text);
}

/** The fields of a Digital Link: those of the path, then those of the query. */
export function parseDigitalLink(text: string, options: LinkOptions = {}): Outcome<readonly Gs1Element[]> {
  const [, domain, rest] = /^(?:https?|HTTPS?):\/\/([^/]+)(\/.*)$/.exec(text) ?? [];
  if (/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(text) || domain === undefined || rest === undefined)
    return refuse('gs1-link-wrong');
  if (/[_~?#@!$&'()*+,;=%]/.test(domain)) return refuse('gs1-link-wrong');
  const [address = ''] = rest.split('#', 1);
  const question = address.indexOf('?');
  const path = question === -1 ? address : address.slice(0, question);
  const query = question === -1 ? '' : address.slice(question + 1);
  const inPath = readPath(path.split('/').slice(1), options);
  if (!inPath.ok) return inPath;
  const inQuery = readQuery(query.split('&'), options);
  if (!inQuery.ok) return inQuery;
  const elements = [...inPath.value, ...inQuery.value];
  if (elements.length > ELEMENTS_MAX) return refuse('gs1-link-wrong');
  const fits = checkPlaces(inPath.value, inQuery.value, options);
  return fits.ok ? accept(elements) : fits;
}

/** The address of these fields below `stem`: first key with its qualifiers, then the rest, fixed lengths first. */
export function formatDigitalLink(
  stem: string,
  elements: readonly Gs1Element[],
  options: LinkOptions = {},
): Outcome<string> {
  const key = elements.find(({ ai }) => isKey(ai));
  if (key === undefined) return refuse('gs1-link-without-key');
  const alternatives = applicationIdentifier(key.ai)?.qualifiers ?? [];
  const countIn = (order: readonly string[]): number =>
    order.filter((ai) => elements.some((each) => each.ai === ai)).length;
  const [best = []] = [...alternatives].sort((left, right) => countIn(right) - countIn(left));
  const path = [key.ai, ...best].flatMap((ai) => elements.find((each) => each.ai === ai) ?? []);
  const others = elements.filter(
    ({ ai }, at) =>
      !path.some((each) => each.ai === ai) && elements.findIndex((each) => each.ai === ai) === at,
  );
  const fits = checkPlaces(path, others, options);
  if (!fits.ok) return fits;
  const isFixed = ({ ai }: Gs1Element): boolean => entryOf(ai, options)?.isFixed === true;
  const query = [...others.filter(isFixed), ...others.filter((each) => !isFixed(each))]
    .map(({ ai, value }) => `${ai}=${escaped(value)}`)
    .join('&');
  const segments = path.map(({ ai, value }) => `/${ai}/${escaped(value)}`).join('');
  return accept(`${stem.replace(/\/$/, '')}${segments}${query === '' ? '' : `?${query}`}`);
}

function readPath(segments: readonly string[], options: LinkOptions): Outcome<readonly Gs1Element[]> {
  let start = segments.length - 2;
  while (start >= 0) {
    const entry = entryOf(numberOf(segments[start] ?? '', options), options);
    if (entry === null) return refuse('gs1-link-without-key');
    if (entry.qualifiers !== null) break;
    start -= 2;
  }
  if (start < 0) return refuse('gs1-link-without-key');
  const elements: Gs1Element[] = [];
  for (let at = start; at < segments.length; at += 2) {
    const read = readField(numberOf(segments[at] ?? '', options), segments[at + 1] ?? '', options);
    if (!read.ok) return read;
    elements.push(read.value);
  }
  return accept(elements);
}

function readQuery(parameters: readonly string[], options: LinkOptions): Outcome<readonly Gs1Element[]> {
  const elements: Gs1Element[] = [];
  for (const parameter of parameters) {
    const [, ai, value = ''] = /^(\d+)=(.*)$/.exec(parameter) ?? [];
    if (ai === undefined) continue;
    const read = readField(ai, value.replaceAll('+', ' '), options);
    if (!read.ok) return read;
    elements.push(read.value);
  }
  return accept(elements);
}

function readField(ai: string, text: string, options: LinkOptions): Outcome<Gs1Element> {
  const value = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const isShort = ai === '01' && options.padsGtin === true && [8, 12, 13].includes(value.length);
  return checkElement(
    { ai, value: isShort ? value.padStart(14, '0') : value },
    { keepsUnknown: options.keepsUnknown ?? false },
  );
}

/** Qualifiers stand in their order behind the key, and in the query nothing that belongs into the path, or twice. */
function checkPlaces(
  path: readonly Gs1Element[],
  query: readonly Gs1Element[],
  options: LinkOptions,
): Outcome<null> {
  const [key = '', ...qualifiers] = path.map(({ ai }) => ai);
  const orders = applicationIdentifier(key)?.qualifiers ?? [];
  const isOrder = (wanted: readonly string[]): boolean => orders.some((order) => isWithin(wanted, order));
  if (!isOrder(qualifiers)) return refuse('gs1-link-order-wrong', { ai: key });
  const seen = new Set(path.map(({ ai }) => ai));
  for (const { ai } of query) {
    const { isLinkAttribute = false } = entryOf(ai, options) ?? {};
    const isUnknownAllowed = isLinkAttribute === null && options.allowsUnknownInQuery === true;
    const belongsIntoPath = Array.from({ length: path.length }, (_, place) => place).some((place) =>
      isOrder(qualifiers.toSpliced(place, 0, ai)),
    );
    if (seen.has(ai) || belongsIntoPath || (isLinkAttribute !== true && !isUnknownAllowed))
      return refuse('gs1-link-field-misplaced', { ai });
    seen.add(ai);
  }
  return accept(null);
}

/** Do the wanted ones stand in `order`, in the same sequence, others left out? */
function isWithin(wanted: readonly string[], order: readonly string[]): boolean {
  let from = 0;
  return wanted.every((ai) => {
    const at = order.indexOf(ai, from);
    from = at + 1;
    return at !== -1;
  });
}

function numberOf(segment: string, { readsNames }: LinkOptions): string {
  return readsNames === true ? (NAMES.get(segment) ?? segment) : segment;
}

function entryOf(ai: string, { keepsUnknown }: LinkOptions): ApplicationIdentifier | null {
  return applicationIdentifier(ai) ?? (keepsUnknown === true ? unknownIdentifier(ai) : null);
}

function escaped(value: string): string {
  return value.replace(
    /[^A-Za-z0-9\-._~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function isKey(ai: string): boolean {
  const entry = applicationIdentifier(ai);
  return entry !== null && entry.qualifiers !== null;
}
