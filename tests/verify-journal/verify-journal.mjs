// Verifies journal exports with nothing of the application: its own canonical JSON, its own arithmetic, Node's
// crypto. Anyone who distrusts the shop's software can read these files and check the shop's books.
//
// Format of an export (UTF-8, one JSON value a line, each line in RFC 8785 canonical form):
//   {"head":{"epoch":1,"hash":"…","sequence":17},"publicKey":{"crv":"P-256","kty":"EC","x":"…","y":"…"},"workstation":"…"}
//   <entry 1 of epoch 1>
//   …                      entries in the order (epoch, sequence); `head` is the last one that must be there
//   <next journal's header line, if the file holds several>
// A JSON array of the same values is read as well; then the form of its text is not judged.

import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { canonicalText } from './canonical-json.mjs';
import { sumFaults } from './check-sums.mjs';
import { cardFault, newCards } from './check-tenders.mjs';
import { couponFault, newCoupons } from './check-coupons.mjs';
import { channelOrderFault, newChannelOrders } from './check-channel-orders.mjs';
import { customerFault } from './check-customers.mjs';
import { placedFault } from './check-orders.mjs';
import { newTill, tillFault } from './check-tills.mjs';

const GENESIS_HASH = '0'.repeat(64);
const SIGNATURE_BYTES = 64;

/**
 * Reads a whole export. `knownHeads` maps a workstation to a head learned elsewhere (`{epoch, sequence, hash}`): a
 * copy of the header's own head proves nothing against someone who rewrites the header too.
 * Returns one result per journal: {workstation, entries, transactions, head, fault}; fault is null or
 * {line, epoch, sequence, sentence}, the first one found. A file without any journal is one fault.
 */
export function verifyExport(text, { knownHeads = {} } = {}) {
  const receipts = new Map();
  const results = [];
  let journal = null;
  const close = () => {
    if (journal !== null) results.push(finish(journal, knownHeads));
  };
  for (const row of rowsOf(text)) {
    if (isHeader(row.value)) {
      close();
      journal = openJournal(row, results);
    } else if (journal === null) {
      journal = {
        ...emptyJournal(null, null),
        fault: at(row, null, row.error ?? 'the file does not begin with a header line'),
      };
    } else if (journal.fault === null) {
      admit(journal, row, receipts);
    }
  }
  close();
  if (results.length === 0) {
    results.push({
      ...emptyJournal(null, null),
      head: null,
      fault: { line: 1, epoch: null, sequence: null, sentence: 'the file is empty' },
    });
  }
  return results;
}

function emptyJournal(workstation, key) {
  return {
    workstation,
    key,
    claimedHead: null,
    entries: 0,
    transactions: 0,
    till: newTill(),
    cards: newCards(),
    coupons: newCoupons(),
    channelOrders: newChannelOrders(),
    customers: new Set(),
    last: null,
    prefix: null,
    fault: null,
  };
}

function openJournal(row, before) {
  const { workstation, publicKey, head, ...others } = row.value;
  const journal = emptyJournal(workstation, null);
  journal.claimedHead = head;
  const fail = (sentence) => ({ ...journal, fault: at(row, null, sentence) });
  if (row.error !== null) return fail(row.error);
  if (typeof workstation !== 'string' || workstation === '') return fail('the header names no workstation');
  if (before.some((other) => other.workstation === workstation))
    return fail('the journal is in the file twice');
  if (Object.keys(others).length > 0)
    return fail(`the header has a field it should not have: ${Object.keys(others)[0]}`);
  if (!isHead(head)) return fail('the header has no head {epoch, sequence, hash}');
  try {
    const extra = Object.keys(publicKey).filter((name) => !['crv', 'kty', 'x', 'y'].includes(name));
    if (extra.length > 0) return fail(`the public key has a field it should not have: ${extra[0]}`);
    journal.key = createPublicKey({ key: publicKey, format: 'jwk' });
  } catch {
    return fail('the public key is not a P-256 key in JWK form');
  }
  if (publicKey.crv !== 'P-256') return fail('the public key is not on the curve P-256');
  return journal;
}

/** Checks one entry against everything before it and makes it the last one, or records the journal's fault. */
function admit(journal, row, receipts) {
  const entry = row.value;
  const fail = (sentence) => {
    journal.fault = at(row, entry, sentence);
  };
  if (row.error !== null) return fail(row.error);
  const wrong = shapeFault(entry, journal.workstation) ?? linkFault(entry, journal.last);
  if (wrong !== null) return fail(wrong);
  const { hash, signature, ...content } = entry;
  const preimage = Buffer.from(canonicalText(content), 'utf8');
  if (createHash('sha256').update(preimage).digest('hex') !== hash) {
    return fail('its hash is not that of its content: it was changed after it was written');
  }
  if (!isSigned(preimage, signature, journal.key)) return fail("it is not signed by this workstation's key");
  if (entry.kind === 'transaction-completed') {
    const money = transactionFault(entry, journal, receipts);
    if (money !== null) return fail(money);
    journal.transactions += 1;
  }
  const card = cardFault(journal.cards, entry);
  if (card !== null) return fail(card);
  const coupon = couponFault(journal.coupons, entry);
  if (coupon !== null) return fail(coupon);
  const channelOrder = channelOrderFault(journal.channelOrders, entry);
  if (channelOrder !== null) return fail(channelOrder);
  const till =
    placedFault(entry) ?? customerFault(journal.customers, entry) ?? tillFault(journal.till, entry);
  if (till !== null) return fail(till);
  journal.entries += 1;
  journal.last = { epoch: entry.epoch, sequence: entry.sequence, hash, lost: null };
}

function shapeFault(entry, workstation) {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'it is not an entry';
  const texts = ['id', 'workstationId', 'storeId', 'previousHash', 'kind', 'recordedAt', 'hash', 'signature'];
  const missing = texts.find((name) => typeof entry[name] !== 'string');
  if (missing !== undefined) return `it has no ${missing}`;
  if (!Number.isSafeInteger(entry.epoch) || entry.epoch < 1) return 'its epoch is not a number from 1';
  if (!Number.isSafeInteger(entry.sequence) || entry.sequence < 1)
    return 'its sequence is not a number from 1';
  if (entry.workstationId !== workstation) return `it belongs to workstation ${entry.workstationId}`;
  return null;
}

/** Gapless in an epoch; a new epoch opens with `epoch-started`, hangs on what is held, and says what is lost. */
function linkFault(entry, last) {
  const isOpening = entry.sequence === 1;
  if (isOpening !== (entry.kind === 'epoch-started')) {
    return isOpening
      ? 'an epoch does not open with epoch-started'
      : 'epoch-started is not the first of its epoch';
  }
  if (!isOpening) {
    if (last === null) return 'the entries before it are missing';
    if (entry.epoch !== last.epoch) return `it follows entry ${last.epoch}:${last.sequence} of another epoch`;
    if (entry.sequence !== last.sequence + 1) {
      return entry.sequence <= last.sequence
        ? `it repeats or reorders: entry ${last.epoch}:${last.sequence} stands before it`
        : `entries ${last.epoch}:${last.sequence + 1} to ${entry.epoch}:${entry.sequence - 1} are missing`;
    }
  } else if (last === null) {
    if (entry.previousHash !== GENESIS_HASH) return 'the journal does not begin at its genesis';
    return entry.epoch === 1 ? null : lostEpochsFault(entry, null);
  } else {
    if (entry.epoch <= last.epoch) return `epoch ${entry.epoch} comes after epoch ${last.epoch}`;
    const silent = lostEpochsFault(entry, last);
    if (silent !== null) return silent;
  }
  return entry.previousHash === last.hash ? null : `it does not follow entry ${last.epoch}:${last.sequence}`;
}

/** Between two epochs only what the opening entry declares may be missing. */
function lostEpochsFault(entry, last) {
  const lost = entry.body?.lost ?? null;
  const before = last?.epoch ?? 0;
  if (lost === null) return entry.epoch === before + 1 ? null : `nothing is said about epoch ${before + 1}`;
  if (lost.epoch >= entry.epoch || lost.epoch < before)
    return `it declares a loss in epoch ${lost.epoch}, which is not the one before`;
  const expected = lost.epoch === before ? (last?.sequence ?? 0) + 1 : 1;
  if (lost.fromSequence !== expected) {
    return `it declares entries lost from ${lost.epoch}:${lost.fromSequence}, but the journal breaks off before ${lost.epoch}:${expected}`;
  }
  return lost.toSequence >= lost.fromSequence ? null : 'it declares a loss that ends before it begins';
}

function isSigned(preimage, signature, key) {
  const bytes = Buffer.from(signature, 'base64url');
  // The last letter of base64url has spare bits: only the one spelling of 64 bytes is accepted.
  if (bytes.length !== SIGNATURE_BYTES || bytes.toString('base64url') !== signature) return false;
  return verify('sha256', preimage, { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function transactionFault(entry, journal, receipts) {
  const transaction = entry.body?.transaction;
  const sums = sumFaults(transaction);
  if (sums.length > 0) return `the money does not add up: ${sums[0]}`;
  if (transaction.workstationId !== entry.workstationId || transaction.storeId !== entry.storeId) {
    return 'the transaction names another store or workstation than its entry';
  }
  const receipt = transaction.receiptNumber;
  const parts = /^(\d{2,}-\d{2,})-([A-Z]+)(\d{6,})$/.exec(receipt);
  if (parts === null) return `"${receipt}" is not a receipt number`;
  if (parts[2] !== epochLetters(entry.epoch) || Number(parts[3]) !== entry.sequence) {
    return `receipt ${receipt} is not the number of entry ${entry.epoch}:${entry.sequence}`;
  }
  if (journal.prefix !== null && journal.prefix !== parts[1])
    return `receipt ${receipt} changes the number of the workstation`;
  journal.prefix = parts[1];
  const other = receipts.get(receipt);
  if (other !== undefined) return `receipt ${receipt} was already used by ${other}`;
  receipts.set(receipt, `${entry.workstationId} ${entry.epoch}:${entry.sequence}`);
  return null;
}

/** 1 = A, 26 = Z, 27 = AA. */
function epochLetters(epoch) {
  let letters = '';
  for (let rest = epoch; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function finish(journal, knownHeads) {
  const { workstation, entries, transactions, last } = journal;
  const head = last === null ? null : { epoch: last.epoch, sequence: last.sequence, hash: last.hash };
  let { fault } = journal;
  for (const expected of [journal.claimedHead, knownHeads[workstation]]) {
    if (fault !== null || expected === undefined || expected === null) continue;
    if (isSameHead(expected, head)) continue;
    fault = {
      line: null,
      epoch: expected.epoch,
      sequence: expected.sequence,
      sentence: `the journal should end at entry ${expected.epoch}:${expected.sequence} and ends at ${
        head === null
          ? 'nothing'
          : `${head.epoch}:${head.sequence}${head.sequence === expected.sequence ? ' with another hash' : ''}`
      }`,
    };
  }
  return { workstation, entries, transactions, head, fault };
}

function isSameHead(expected, head) {
  if (expected.sequence === 0) return head === null;
  return (
    head !== null &&
    expected.epoch === head.epoch &&
    expected.sequence === head.sequence &&
    expected.hash === head.hash
  );
}

function isHead(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 3 &&
    Number.isSafeInteger(value.epoch) &&
    Number.isSafeInteger(value.sequence) &&
    typeof value.hash === 'string'
  );
}

function isHeader(value) {
  return typeof value === 'object' && value !== null && 'publicKey' in value && !('signature' in value);
}

function at(row, entry, sentence) {
  return { line: row.line, epoch: entry?.epoch ?? null, sequence: entry?.sequence ?? null, sentence };
}

/** One {line, value, error} per JSON value, in file order. The end of the last line is optional, blank lines are not. */
function* rowsOf(text) {
  if (text.trimStart().startsWith('[')) {
    yield* rowsOfArray(text);
    return;
  }
  let from = 0;
  for (let line = 1; from < text.length; line += 1) {
    const end = text.indexOf('\n', from);
    yield rowOf(text.slice(from, end === -1 ? text.length : end), line);
    from = end === -1 ? text.length : end + 1;
  }
}

function rowOf(source, line) {
  let value;
  try {
    value = JSON.parse(source);
  } catch {
    return { line, value: null, error: source === '' ? 'the line is empty' : 'the line is not JSON' };
  }
  try {
    return {
      line,
      value,
      error: canonicalText(value) === source ? null : 'the line is not in canonical form',
    };
  } catch (refused) {
    return { line, value, error: `the line has no canonical form: ${refused.message}` };
  }
}

function* rowsOfArray(text) {
  let values;
  try {
    values = JSON.parse(text);
  } catch {
    yield { line: 1, value: null, error: 'the file is not JSON' };
    return;
  }
  for (const [index, value] of values.entries()) {
    let error = null;
    try {
      canonicalText(value);
    } catch (refused) {
      error = `the value has no canonical form: ${refused.message}`;
    }
    yield { line: index + 1, value, error };
  }
}

const HELP = `Usage: npm run verify-journal -- FILE [--head WORKSTATION=EPOCH:SEQUENCE:HASH]…

Checks an export of one or more workstation journals from genesis to head: canonical form, gapless numbers,
hash chain, signatures, sums of every transaction, orders, receipt numbers, till sessions, Z reports and perpetual totals. Names the first fault of each journal.
  --head   what you know of a journal's end from elsewhere (a receipt, a closing report): finds a cut-off end
The last line counts journals.`;

function main(args) {
  if (args.includes('--help') || args.length === 0) {
    process.stdout.write(`${HELP}\n`);
    return args.length === 0 ? 2 : 0;
  }
  const knownHeads = {};
  const files = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] !== '--head') {
      files.push(args[index]);
      continue;
    }
    index += 1;
    const parts = /^(.+)=(\d+):(\d+):([0-9a-f]{64})$/.exec(args[index] ?? '');
    if (parts === null) {
      process.stderr.write('--head is written WORKSTATION=EPOCH:SEQUENCE:HASH\n');
      return 2;
    }
    knownHeads[parts[1]] = { epoch: Number(parts[2]), sequence: Number(parts[3]), hash: parts[4] };
  }
  return report(files, knownHeads);
}

function report(files, knownHeads) {
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    let text;
    try {
      text = readFileSync(file, 'utf8');
    } catch (refused) {
      process.stderr.write(`${file} cannot be read: ${refused.message}\n`);
      failed += 1;
      continue;
    }
    for (const { workstation, entries, transactions, head, fault } of verifyExport(text, { knownHeads })) {
      if (fault === null) passed += 1;
      else failed += 1;
      const held = `${entries} entries, ${transactions} transactions, head ${head === null ? 'none' : `${head.epoch}:${head.sequence} ${head.hash.slice(0, 12)}`}`;
      const place = [
        fault?.line ? `line ${fault.line}` : '',
        fault?.sequence ? `entry ${String(fault.epoch)}:${String(fault.sequence)}` : '',
      ]
        .filter(Boolean)
        .join(', ');
      process.stdout.write(
        fault === null
          ? `ok     ${workstation}: ${held}\n`
          : `FAULT  ${workstation}: ${place}: ${fault.sentence} (${held} before it)\n`,
      );
    }
  }
  process.stdout.write(`${passed} passed, ${failed} failed, 0 unsupported\n`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
