// Journals as they are, one canonical line an entry, in the format that `npm run verify-journal` reads: for each workstation
// a header with its public key and head, then its entries. A journal proves itself from its first entry on, so a period cuts
// at its end only, and the header then names the entry at the cut.

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { businessDayOf } from '../../shared/domain/business-day.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import type { Sql, TransactionSql } from '../db/sql.ts';
import { entriesOf, type ExportedShop, type ExportedWorkstation, type StoredEntry } from './read-journals.ts';

/** Writes the journals up to the end of a trading day (null: all of them); the answer is the number of entries. */
export async function writeJson(
  sql: Sql | TransactionSql,
  shops: readonly ExportedShop[],
  given: { readonly file: string; readonly to: string | null },
): Promise<number> {
  let entries = 0;
  async function* lines(): AsyncGenerator<string> {
    for (const shop of shops) {
      for (const workstation of shop.workstations) {
        const cut = await cutOf(sql, workstation, { shop, to: given.to });
        yield `${canonicalJson(headerOf(workstation, cut))}\n`;
        for await (const entry of entriesOf(sql, workstation.id)) {
          if (isAfter(entry, cut)) break;
          entries += 1;
          yield `${canonicalLine(entry.body)}\n`;
        }
      }
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(given.file));
  return entries;
}

type Cut = ExportedWorkstation['head'];

/** The newest entry that was recorded on or before the day; order is the sequence, so nothing before it is left out. */
async function cutOf(
  sql: Sql | TransactionSql,
  workstation: ExportedWorkstation,
  given: { readonly shop: ExportedShop; readonly to: string | null },
): Promise<Cut> {
  const { to } = given;
  if (to === null) return workstation.head;
  const dayOf = businessDayOf(given.shop.store);
  let cut: Cut = { epoch: 0, sequence: 0, hash: '0'.repeat(64) };
  for await (const { epoch, sequence, body } of entriesOf(sql, workstation.id)) {
    // Every entry has an envelope, whatever else is wrong with it.
    const { recordedAt, hash } = JSON.parse(body) as { recordedAt: string; hash: string };
    if (dayOf(recordedAt) <= to) cut = { epoch, sequence, hash };
  }
  return cut;
}

const isAfter = (entry: StoredEntry, cut: Cut): boolean =>
  entry.epoch > cut.epoch || (entry.epoch === cut.epoch && entry.sequence > cut.sequence);

function headerOf(workstation: ExportedWorkstation, head: Cut): object {
  // The column holds the JWK that the workstation sent when it was enrolled.
  const { crv, kty, x, y } = JSON.parse(workstation.publicKey) as Record<'crv' | 'kty' | 'x' | 'y', string>;
  const { epoch, sequence, hash } = head;
  return { workstation: workstation.id, publicKey: { crv, kty, x, y }, head: { epoch, sequence, hash } };
}

/** An entry that has no canonical form goes out as it is kept, for the verifier to name it. */
function canonicalLine(body: string): string {
  try {
    return canonicalJson(JSON.parse(body));
  } catch {
    return body;
  }
}
