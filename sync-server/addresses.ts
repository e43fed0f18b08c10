// Under which addresses this server answers, for people and for links in messages.

import { networkInterfaces } from 'node:os';
import type { Settings } from './settings.ts';

/** Where the server can be reached: this machine first, then its addresses in the network if HOST lets them in. */
export function addressesOf(settings: Pick<Settings, 'host' | 'tls'>, port: number): readonly string[] {
  const scheme = settings.tls === null ? 'http' : 'https';
  const at = (name: string): string => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (['127.0.0.1', '::1', 'localhost'].includes(settings.host)) return [at('localhost')];
  if (settings.host !== '0.0.0.0' && settings.host !== '::') return [at(settings.host)];
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal && one.family === 'IPv4')
    .map((one) => at(one.address));
  return [at('localhost'), ...others];
}
