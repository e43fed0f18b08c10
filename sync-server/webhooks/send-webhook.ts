// One delivery: the body as it was made, signed with the receiver's secret over id, time and body, so that it cannot be forged,
// changed or played back later. Only 2xx counts as delivered. Addresses inside the network are refused unless the shop allows them,
// checked on the address that is really connected to.

import { createHmac } from 'node:crypto';
import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export type WebhookDelivery = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
};

export type SendOptions = {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly mayReachPrivate: boolean;
  readonly timeoutMs: number;
};

const ANSWER_READ_MAX_BYTES = 10_000;

/** `v1=` and the hex HMAC-SHA256 of `id.timestamp.body`; the timestamp is in seconds. */
export function signatureOf(given: WebhookDelivery, timestamp: number): string {
  return `v1=${createHmac('sha256', given.secret).update(`${given.id}.${timestamp}.${given.body}`).digest('hex')}`;
}

/** Resolves when the receiver answered 2xx; throws with what happened otherwise. */
export function sendWebhook(delivery: WebhookDelivery, options: SendOptions): Promise<void> {
  const url = new URL(delivery.url);
  const timestamp = Math.floor(options.nowMs / 1000);
  const host = url.hostname.replaceAll(/[[\]]/gu, '');
  // A literal address is never looked up, so it is checked here.
  if (!options.mayReachPrivate && isIP(host) !== 0 && isPrivate(host)) return Promise.reject(forbidden(host));
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(options.timeoutMs),
        lookup: guardedLookup(options.mayReachPrivate),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(delivery.body),
          'user-agent': 'Tillandsia-Webhooks/1',
          'tillandsia-webhook-id': delivery.id,
          'tillandsia-webhook-timestamp': String(timestamp),
          'tillandsia-webhook-signature': signatureOf(delivery, timestamp),
        },
      },
      (response) => {
        let read = 0;
        response.on('data', (part: Buffer) => {
          read += part.length;
          if (read > ANSWER_READ_MAX_BYTES) response.destroy();
        });
        response.on('error', () => undefined);
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve();
        else reject(new Error(`the receiver answered ${status}`));
        response.resume();
      },
    );
    request.on('error', (error) => reject(new Error(`the receiver cannot be reached: ${error.message}`)));
    request.end(delivery.body);
  });
}

function guardedLookup(mayReachPrivate: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const allowed = mayReachPrivate ? found : (found ?? []).filter(({ address }) => !isPrivate(address));
      const [first] = allowed ?? [];
      if (error !== null) done(error, '', 0);
      else if (first === undefined) done(forbidden(hostname), '', 0);
      else if (options.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
PRIVATE.addSubnet('::', 127, 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
PRIVATE.addSubnet('ff00::', 8, 'ipv6');

export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  const plain = mapped ?? address;
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

const forbidden = (host: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${host} is an address inside the network, which is not allowed`), {
    code: 'EACCES',
  });
