// Live streams of many workstations. Those are written into the database and their tokens made by the server's own code, because
// 500 enrolments from one address are what the rate limit is there to stop.

import { generateKeyPairSync } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { createTokens } from '../../sync-server/auth/tokens.ts';
import { openServerDatabase } from '../support/server-database.ts';

/** As many as the server lets one workstation have. */
export const STREAMS_OF_A_WORKSTATION = 4;

export type Stream = { readonly response: IncomingMessage; onChanged: (() => void) | null };

/** Tokens of workstations that are made for this. */
export async function tokensOfWorkstations(
  dataFolder: string,
  storeId: string,
  count: number,
): Promise<string[]> {
  const sql = openServerDatabase({ dataFolder });
  try {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = JSON.stringify(publicKey.export({ format: 'jwk' }));
    const ids = Array.from({ length: count }, (_, place) => `stream-${place}`);
    const numbers = ids.map((_, place) => String(1000 + place));
    await sql`
      insert into workstation (id, store_id, number, kind, name, public_key)
      select id, ${storeId}, number::integer, 'pos', 'Stream', ${key}
      from unnest(${ids}::text[], ${numbers}::text[]) as given (id, number)`;
    const rows = await sql<{ value: string }[]>`select value from setting where key = 'installation-secret'`;
    const secret = Buffer.from(String(JSON.parse(rows[0]?.value ?? '""')), 'base64url');
    const tokens = createTokens(secret, Date.now);
    return await Promise.all(
      ids.map(async (workstationId) => (await tokens.issue({ workstationId, storeId, kind: 'pos' })).token),
    );
  } finally {
    await sql.end();
  }
}

/** Opens a stream; resolves when the server has said its first word. */
export function openStream(url: string, token: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'x-tillandsia-protocol': '1' };
    get(url, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`A stream was answered with ${response.statusCode}.`));
        return;
      }
      const stream: Stream = { response, onChanged: null };
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        if (text.includes('event: changed')) stream.onChanged?.();
      });
      response.once('data', () => resolve(stream));
      response.on('error', () => undefined);
    }).on('error', reject);
  });
}
