// A certificate that vouches for itself, for a TLS server of a test: elliptic key, one name, valid for a day on either side of now.
// Written out in DER by hand, because Node reads certificates and makes none.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OBJECT_ID = 0x06;
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const DAY_MS = 86_400_000;

export type SelfMade = { readonly certificate: string; readonly key: string };

export function selfMadeCertificate(name: string, now = Date.now()): SelfMade {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, objectId(ECDSA_WITH_SHA256));
  const subject = der(
    SEQUENCE,
    der(0x31, der(SEQUENCE, objectId(COMMON_NAME), der(0x0c, Buffer.from(name)))),
  );
  // CA: TRUE, so that the certificate may be trusted as the authority of itself.
  const constraints = der(
    SEQUENCE,
    objectId(BASIC_CONSTRAINTS),
    der(0x01, Buffer.of(0xff)),
    der(0x04, der(SEQUENCE, der(0x01, Buffer.of(0xff)))),
  );
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    algorithm,
    subject,
    der(SEQUENCE, time(now - DAY_MS), time(now + DAY_MS)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, constraints)),
  );
  const signature = sign('sha256', content, privateKey);
  const whole = der(SEQUENCE, content, algorithm, der(0x03, Buffer.of(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const objectId = (hex: string): Buffer => der(OBJECT_ID, Buffer.from(hex, 'hex'));

/** UTCTime, to the second. */
const time = (at: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
