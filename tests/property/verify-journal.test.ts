// Whoever changes a shop's books is found: 1,000 seeded edits, deletions, insertions, reorderings and truncations of a
// valid journal, each by one of the hands that could do it (a text editor, somebody who recomputes hashes, somebody
// with another key), and the independent verifier must name a fault for every one of them.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, factPreimage } from '../../shared/domain/journal.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import {
  aJournalWriter,
  append,
  appendSale,
  exportText,
  signed,
  type JournalWriter,
} from '../support/a-journal.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';

const TAMPERINGS = 1000;
const SEED = Number(process.env['SEED'] ?? 20260302);

type Random = ReturnType<typeof seededRandom>;
type Tampering = (lines: string[], random: Random) => string[];

const writer = aBusyJournal();
const text = exportText(writer);
const head = lastOf(writer.facts);
const knownHeads = { 'ws-1': { epoch: head.epoch, sequence: head.sequence, hash: head.hash } };

describe('an export of a journal', () => {
  test('verifies as the till wrote it, over three epochs', () => {
    const [result, ...others] = verifyExport(text, { knownHeads });
    expect(others).toEqual([]);
    expect(result).toMatchObject({ workstation: 'ws-1', entries: 41, transactions: 30, fault: null });
  });

  test('verifies as a JSON array too', () => {
    const values = text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(verifyExport(JSON.stringify(values, null, 2))[0]?.fault).toBeNull();
  });

  test(`names a fault for every one of ${TAMPERINGS} random tamperings (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const counts = new Map<string, number>();
    const names = Object.keys(TAMPERINGS_BY_NAME);
    const original = text.trimEnd().split('\n');
    for (let run = 0; run < TAMPERINGS; run += 1) {
      const name = names[run % names.length] ?? '';
      const tamper = TAMPERINGS_BY_NAME[name];
      if (tamper === undefined) throw new Error(`no tampering ${name}`);
      let damaged = original;
      for (let attempt = 0; attempt < 20 && damaged.join('\n') === original.join('\n'); attempt += 1) {
        damaged = tamper([...original], random);
      }
      const results = verifyExport(`${damaged.join('\n')}\n`, { knownHeads });
      const isFound = results.some((result) => result.fault !== null);
      expect(isFound, `run ${run}, ${name}, was not found:\n${difference(original, damaged)}`).toBe(true);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(TAMPERINGS);
  });

  test('a cut-off end with a rewritten header is found by a head known from elsewhere, and only by it', () => {
    const lines = text.trimEnd().split('\n').slice(0, -1);
    const shorter = parsed(lines.at(-1) ?? '');
    const header: unknown = {
      ...JSON.parse(lines[0] ?? '{}'),
      head: { epoch: shorter.epoch, sequence: shorter.sequence, hash: shorter.hash },
    };
    const forged = `${[canonicalJson(header), ...lines.slice(1)].join('\n')}\n`;
    expect(verifyExport(forged)[0]?.fault).toBeNull();
    expect(verifyExport(forged, { knownHeads })[0]?.fault).toMatchObject({
      epoch: 3,
      sequence: head.sequence,
    });
  });

  test('the first fault is named by its entry and its line', () => {
    const lines = text.trimEnd().split('\n');
    lines[7] = (lines[7] ?? '').replace('"epoch":', '"epoch": ');
    expect(verifyExport(lines.join('\n'))[0]?.fault).toMatchObject({
      line: 8,
      sentence: 'the line is not in canonical form',
    });
    lines.splice(7, 1);
    expect(verifyExport(lines.join('\n'))[0]?.fault).toMatchObject({
      line: 8,
      epoch: 1,
      sequence: 8,
      sentence: 'entries 1:7 to 1:7 are missing',
    });
  });

  test('sums that the owner of the key signed wrongly are still found', () => {
    const other = aJournalWriter('ws-9');
    append(other, 'epoch-started', { reason: 'enrolled', lost: null });
    const { hash: _hash, signature: _signature, ...content } = appendSale(other, 2);
    other.facts.pop();
    const wrong = JSON.parse(
      JSON.stringify(content).replaceAll('"grossMinor":2420', '"grossMinor":2520'),
    ) as object;
    signed(other, wrong);
    expect(verifyExport(exportText(other))[0]?.fault?.sentence).toContain(
      'net 2000 + tax 420 is not gross 2520',
    );
  });

  test('a receipt number used by two workstations is found', () => {
    const other = aJournalWriter('ws-2');
    append(other, 'epoch-started', { reason: 'enrolled', lost: null });
    append(other, 'operator-signed-on', { operatorId: 'operator-1' as never });
    appendSale(other, 1);
    const both = verifyExport(text + exportText(other));
    expect(both[0]?.fault).toBeNull();
    expect(both[1]?.fault?.sentence).toBe('receipt 01-02-A000003 was already used by ws-1 1:3');
  });
});

const TAMPERINGS_BY_NAME: Readonly<Record<string, Tampering>> = {
  'one character': (lines, random) => {
    const at = random.integer(lines.length);
    const line = lines[at] ?? '';
    const place = random.integer(line.length);
    const other = String.fromCharCode(32 + random.integer(95));
    lines[at] = line.slice(0, place) + other + line.slice(place + 1);
    return lines;
  },
  'one digit': (lines, random) => {
    const at = 1 + random.integer(lines.length - 1);
    const places = [...(lines[at] ?? '').matchAll(/\d/g)].map((match) => match.index);
    const place = places[random.integer(places.length)] ?? 0;
    lines[at] =
      (lines[at] ?? '').slice(0, place) + String(random.integer(10)) + (lines[at] ?? '').slice(place + 1);
    return lines;
  },
  'amount with hashes made good': (lines, random) => {
    const from = 1 + random.integer(lines.length - 1);
    const facts = lines.slice(1).map((line) => parsed(line));
    return [lines[0] ?? '', ...rehashed(facts, from - 1, random)];
  },
  'entry signed by a stranger': (lines, random) => {
    const at = 1 + random.integer(lines.length - 1);
    const { hash: _hash, signature: _signature, ...content } = parsed(lines[at] ?? '');
    lines[at] = canonicalJson(signed(aStranger(), content));
    return lines;
  },
  'signature of another entry': (lines, random) => {
    const [left, right] = [1 + random.integer(lines.length - 1), 1 + random.integer(lines.length - 1)];
    lines[left] = canonicalJson({
      ...parsed(lines[left] ?? ''),
      signature: parsed(lines[right] ?? '').signature,
    });
    return lines;
  },
  'public key of a stranger': (lines) => {
    lines[0] = canonicalJson({
      ...(JSON.parse(lines[0] ?? '{}') as object),
      publicKey: aStranger().publicKey,
    });
    return lines;
  },
  'field added': (lines, random) => {
    const at = random.integer(lines.length);
    lines[at] = canonicalJson({ ...(JSON.parse(lines[at] ?? '{}') as object), approved: true });
    return lines;
  },
  deletion: (lines, random) => {
    lines.splice(random.integer(lines.length), 1 + random.integer(3));
    return lines;
  },
  insertion: (lines, random) => {
    const copy = lines[random.integer(lines.length)] ?? '';
    lines.splice(random.integer(lines.length + 1), 0, random.integer(4) === 0 ? '' : copy);
    return lines;
  },
  reorder: (lines, random) => {
    const [left, right] = [random.integer(lines.length), random.integer(lines.length)];
    [lines[left], lines[right]] = [lines[right] ?? '', lines[left] ?? ''];
    return lines;
  },
  truncation: (lines, random) => {
    const whole = lines.join('\n');
    return whole.slice(0, random.integer(whole.length)).split('\n');
  },
  'truncation to an entry': (lines, random) => lines.slice(0, 1 + random.integer(lines.length - 1)),
};

/** Changes one amount of entry `from` and then makes every hash and link good again, but cannot sign. */
function rehashed(facts: readonly Fact[], from: number, random: Random): string[] {
  let previousHash: string | null = null;
  return facts.map((fact, index) => {
    if (index < from) return canonicalJson(fact);
    const { hash, signature, ...content } = fact;
    const source = JSON.stringify(content);
    const changed = index === from ? source.replace(/:(\d+)/, `:${random.integer(9000) + 1}`) : source;
    const linked = { ...(JSON.parse(changed) as Fact), ...(previousHash === null ? {} : { previousHash }) };
    previousHash = createHash('sha256').update(factPreimage(linked), 'utf8').digest('hex');
    return canonicalJson({
      ...linked,
      hash: changed === source && index === from ? hash : previousHash,
      signature,
    });
  });
}

function aBusyJournal(): JournalWriter {
  const busy = aJournalWriter();
  append(busy, 'epoch-started', { reason: 'enrolled', lost: null });
  for (const [epoch, sales] of [10, 12, 8].entries()) {
    if (epoch === 1) append(busy, 'epoch-started', { reason: 'tail-missing', lost: null });
    if (epoch === 2) {
      const last = lastOf(busy.facts);
      const lost = { epoch: last.epoch, fromSequence: last.sequence + 1, toSequence: last.sequence + 2 };
      append(busy, 'epoch-started', { reason: 'storage-lost', lost });
    }
    for (let sale = 0; sale < sales; sale += 1) {
      if (sale % 4 === 0) append(busy, 'operator-signed-on', { operatorId: 'operator-1' as never });
      appendSale(busy, 1 + (sale % 7));
    }
  }
  return busy;
}

let stranger: JournalWriter | null = null;
function aStranger(): JournalWriter {
  stranger ??= aJournalWriter();
  return stranger;
}

function parsed(line: string): Fact {
  // Lines of our own export are facts.
  return JSON.parse(line) as Fact;
}

function lastOf(facts: readonly Fact[]): Fact {
  const last = facts.at(-1);
  if (last === undefined) throw new Error('the journal is empty');
  return last;
}

function difference(before: readonly string[], after: readonly string[]): string {
  const at = after.findIndex((line, index) => line !== before[index]);
  return at === -1 ? `cut to ${after.length} lines` : `line ${at + 1}:\n- ${before[at]}\n+ ${after[at]}`;
}
