// One encrypted question to an Adyen terminal in the shop (Terminal API, local): HTTPS to the terminal itself, whose certificate
// must be its own, and inside of that the message under the key that was set for it at Adyen. An answer that cannot be read,
// is not signed by that key or belongs to another question is none.

import { createRequire } from 'node:module';
import { request as httpsRequest } from 'node:https';
import type { SendPermit } from './send-permit.ts';
import type NexoCrypto from '@adyen/api-library/lib/src/security/nexoCrypto.js';

export type NexoAddress = {
  readonly host: string;
  readonly port: number;
  /** The terminal's name at Adyen, such as V400m-324688179. */
  readonly poiId: string;
  readonly key: { readonly identifier: string; readonly passphrase: string; readonly version: number };
  readonly certificateAuthority: Buffer;
};

export type NexoCategory = 'Payment' | 'Reversal' | 'TransactionStatus' | 'Abort';

export type NexoQuestion = {
  readonly category: NexoCategory;
  /** At most ten letters and digits, its own for each question. */
  readonly serviceId: string;
  /** What stands below the header, such as { PaymentRequest: … }. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly limitMs: number;
  /** Has to be open when the question leaves. */
  readonly permit?: SendPermit;
};

/** `unreachable`: not a byte got through. `too-late`: nor was one sent. `lost`: nobody knows what the terminal did. */
export type NexoReply =
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unreachable' | 'lost' | 'too-late' };

/** How the server is called towards terminals. */
export const SALE_ID = 'Tillandsia';

const ANSWER_MAX_BYTES = 256 * 1024;
const CRYPTO_VERSION = 1;
const CONNECT_LIMIT_MS = 4_000;

export async function askNexo(address: NexoAddress, question: NexoQuestion): Promise<NexoReply> {
  const { key, poiId } = address;
  const securityKey = {
    AdyenCryptoVersion: CRYPTO_VERSION,
    KeyIdentifier: key.identifier,
    KeyVersion: key.version,
    Passphrase: key.passphrase,
  };
  const header = {
    ProtocolVersion: '3.0',
    MessageClass: 'Service',
    MessageCategory: question.category,
    MessageType: 'Request',
    SaleID: SALE_ID,
    ServiceID: question.serviceId,
    POIID: poiId,
  };
  const crypto = loadCrypto();
  const message = JSON.stringify({ SaleToPOIRequest: { MessageHeader: header, ...question.body } });
  // The library's types name these fields by enumerations whose values are the texts above.
  const secured = crypto.encrypt(
    header as unknown as Parameters<typeof crypto.encrypt>[0],
    message,
    securityKey,
  );
  const reply = await post(address, JSON.stringify({ SaleToPOIRequest: secured }), question);
  if (typeof reply !== 'string') return reply;
  try {
    const sealed: unknown = JSON.parse(reply);
    const inner: unknown = isRecord(sealed) ? sealed['SaleToPOIResponse'] : null;
    if (!isRecord(inner)) return { kind: 'lost' };
    // Decrypting checks the signature and throws for whatever is not so sealed.
    const text = new crypto().decrypt(inner as unknown as Parameters<NexoCrypto['decrypt']>[0], securityKey);
    const opened: unknown = JSON.parse(text);
    const response = isRecord(opened) ? opened['SaleToPOIResponse'] : null;
    const isOurs =
      isRecord(response) &&
      isRecord(response['MessageHeader']) &&
      response['MessageHeader']['ServiceID'] === question.serviceId;
    return isOurs ? { kind: 'answer', body: response } : { kind: 'lost' };
  } catch {
    return { kind: 'lost' };
  }
}

/** Certificates of terminals are made out to their names below Adyen's, not to addresses in a shop. */
export function isNameOfTerminal(name: string, poiId: string): boolean {
  const own = `${poiId.toLowerCase()}.`;
  return [own, 'legacy-terminal-certificate.'].some((start) =>
    ['live', 'test'].some((stage) => name.toLowerCase() === `${start}${stage}.terminal.adyen.com`),
  );
}

function post(
  address: NexoAddress,
  body: string,
  { limitMs, permit }: Pick<NexoQuestion, 'limitMs' | 'permit'>,
): Promise<string | NexoReply> {
  const { host, port, poiId, certificateAuthority } = address;
  return new Promise((resolve) => {
    let isSent = false;
    const lost = (): void => resolve({ kind: isSent ? 'lost' : 'unreachable' });
    const request = httpsRequest({
      host,
      port,
      path: '/nexo',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      ca: certificateAuthority,
      agent: false,
      checkServerIdentity(_host, certificate) {
        const { CN: name } = certificate.subject;
        const names = [name].flat().filter((each) => each !== undefined);
        return names.some((each) => isNameOfTerminal(each, poiId))
          ? undefined
          : new Error('this is not the terminal');
      },
    });
    const connecting = setTimeout(() => request.destroy(new Error('no connection')), CONNECT_LIMIT_MS);
    const waiting = setTimeout(() => request.destroy(new Error('no answer')), limitMs);
    request.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        clearTimeout(connecting);
        if (permit !== undefined && !permit.isOpen()) {
          resolve({ kind: 'too-late' });
          request.destroy();
          return;
        }
        // From here on the question may be at the terminal.
        isSent = true;
        request.end(body);
      });
    });
    request.once('error', lost);
    request.once('close', () => {
      clearTimeout(connecting);
      clearTimeout(waiting);
      lost();
    });
    request.once('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > ANSWER_MAX_BYTES) request.destroy(new Error('too long'));
        else parts.push(part);
      });
      response.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      response.once('error', lost);
    });
  });
}

type NexoCryptoClass = typeof NexoCrypto;

/** Loaded when a terminal is first asked: a server without one never loads it. */
function loadCrypto(): NexoCryptoClass {
  const module: unknown = createRequire(import.meta.url)('@adyen/api-library/lib/src/security/nexoCrypto.js');
  // The package is CommonJS with its class as `default`, which its own types say.
  return (module as { readonly default: NexoCryptoClass }).default;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
