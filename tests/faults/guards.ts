// The guards behind the nine facts that the design rests on (RELIABILITY §1): where each one stands, what the code would
// be without it, and the test that must then fail. Run by `npm run test:faults -- --guards` (run-guards.ts).

export type Guard = {
  /** Number of the fact. */
  readonly fact: 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6' | 'F7' | 'F8' | 'F9';
  readonly name: string;
  readonly file: string;
  /** Exact text of the guard; it stands once in the file. */
  readonly text: string;
  /** The same place without the guard; it still compiles. */
  readonly without: string;
  readonly test: GuardTest;
};

export type GuardTest =
  /** A test file of a vitest project, and part of the test's name. */
  | { readonly project: 'unit' | 'integration'; readonly file: string; readonly name: string }
  /** The trace of a sale in a browser; Linux and root only. */
  | { readonly trace: true };

const unit = (file: string, name: string): GuardTest => ({ project: 'unit', file, name });
const integration = (file: string, name: string): GuardTest => ({ project: 'integration', file, name });

const ON_DISK = 'shared/client/workstation-on-disk.test.ts';
const DELIVERY = 'shared/client/delivery/delivery.test.ts';
const JOURNALS = 'tests/integration/replication-journals.test.ts';

export const GUARDS: readonly Guard[] = [
  {
    fact: 'F1',
    name: 'what is sent next is chosen by sequence, not by a clock',
    file: 'shared/client/delivery/delivery.ts',
    text: '  const stored = await store.after(mark, factsMax);\n',
    without:
      "  const sentUntil = (await store.at(mark))?.recordedAt ?? '';\n" +
      '  const stored = (await store.after(mark, factsMax)).filter((one) => one.recordedAt >= sentUntil);\n',
    test: unit('shared/client/workstation.test.ts', 'a clock that jumps back loses nothing'),
  },
  {
    fact: 'F1',
    name: 'delivered is what the mark of the server says, not what was sent',
    file: 'shared/client/delivery/delivery.ts',
    text: 'await given.book.acknowledge(mark, head);',
    without: 'await given.book.acknowledge(head, head);',
    test: unit(DELIVERY, 'an answer that takes in a part is followed from its mark'),
  },
  {
    fact: 'F2',
    name: 'a repeat is recognised by its place in the journal',
    file: 'sync-server/replication/admit-batch.ts',
    text: "return heldHash === hash ? 'repeat' : 'fork';",
    without: "return heldHash === hash ? 'next' : 'fork';",
    test: integration(JOURNALS, 'facts are taken in once, whatever is sent again'),
  },
  {
    fact: 'F3',
    name: 'an entry is one write',
    file: 'shared/client/journal/fact-store.ts',
    text: '      await collection.insert(toStored(sealed));\n',
    without:
      "      const half = await collection.insert({ ...toStored(sealed), body: '' });\n" +
      '      await half.incrementalPatch({ body: sealed.body });\n',
    test: unit(ON_DISK, 'one write makes a sale'),
  },
  {
    fact: 'F4',
    name: 'the browser is asked for strict durability',
    file: 'shared/client/storage/till-database.ts',
    text: "export const TILL_DURABILITY: 'strict' | 'relaxed' = 'strict';",
    without: "export const TILL_DURABILITY: 'strict' | 'relaxed' = 'relaxed';",
    test: unit(ON_DISK, 'one write makes a sale'),
  },
  {
    fact: 'F4',
    name: 'a sale is synced to the disk before it is told',
    file: 'shared/client/storage/till-database.ts',
    text: "export const TILL_DURABILITY: 'strict' | 'relaxed' = 'strict';",
    without: "export const TILL_DURABILITY: 'strict' | 'relaxed' = 'relaxed';",
    test: { trace: true },
  },
  {
    fact: 'F5',
    name: 'the mark outside IndexedDB is compared at every start',
    file: 'shared/client/journal/boot-check.ts',
    text: '  const canary = given.canary?.head ?? null;\n',
    without: '  const canary = given.canary?.head.epoch === -1 ? given.canary.head : null;\n',
    test: unit(ON_DISK, 'a cut tail that nobody has is named by its range'),
  },
  {
    fact: 'F5',
    name: 'an empty database never begins without asking the server',
    file: 'shared/client/journal/judge-heads.ts',
    text: "    return server === null ? { verdict: 'ask-server', lost: null } : { verdict: 'begin' };\n",
    without: "    return { verdict: 'begin' };\n",
    test: unit('shared/client/journal/judge-heads.test.ts', 'an empty database never begins'),
  },
  {
    fact: 'F6',
    name: 'code that is older than the newest that has run writes nothing',
    file: 'shared/client/storage/writer-lock.ts',
    text: '  const isOutdated = () => Math.max(runningGeneration(), newestSeen) > generation;\n',
    without: '  const isOutdated = () => Math.max(runningGeneration(), newestSeen) < 0 && generation > 0;\n',
    test: unit(ON_DISK, 'older code is refused before tender when newer code has run'),
  },
  {
    fact: 'F6',
    name: 'only the window that holds the lock writes',
    file: 'shared/client/storage/writer-lock.ts',
    text: '    mayWrite: () => held !== null && !isYielding && !isOutdated(),\n',
    without: '    mayWrite: () => !isOutdated(),\n',
    test: unit('shared/client/storage/writer-lock.test.ts', 'the first window writes, the second one waits'),
  },
  {
    fact: 'F7',
    name: 'the signing key cannot be taken out by a script',
    file: 'shared/client/storage/key-store-indexeddb.ts',
    text: 'createSigningKeys(given.subtle, false)',
    without: 'createSigningKeys(given.subtle, true)',
    test: unit('shared/client/storage/identity.test.ts', 'cannot be taken out of the browser'),
  },
  {
    fact: 'F8',
    name: 'a database that does not wait for its disk is refused',
    file: 'sync-server/db/durability.ts',
    text: "const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;",
    without: "const MUST_BE_ON = ['fsync', 'full_page_writes'] as const;",
    test: unit('sync-server/db/database.test.ts', 'a database with synchronous_commit off is refused'),
  },
  {
    fact: 'F8',
    name: 'the built-in database waits for its disk',
    file: 'sync-server/postgres/start-postgres.ts',
    text: "  fsync: 'on',\n",
    without: "  fsync: 'off',\n",
    test: unit('sync-server/db/database.test.ts', 'the built-in server keeps what it acknowledges'),
  },
  {
    fact: 'F8',
    name: 'the settings of the database are read back at every start',
    file: 'sync-server/main.ts',
    text: '    await assertDurable(database.sql);\n',
    without: '    if (database.sql === null) await assertDurable(database.sql);\n',
    test: integration(
      'tests/integration/server-lifecycle.test.ts',
      'does not start on a database that was told not to wait for its disk',
    ),
  },
  {
    fact: 'F9',
    name: 'heads of journals are locked in one order by everybody',
    file: 'sync-server/replication/journal-rows.ts',
    text: '    order by id for update`;\n',
    without: '    order by array_position(${ids}::text[], id) for update`;\n',
    test: unit('sync-server/replication/journal-rows.test.ts', 'never wait for each other in a circle'),
  },
  {
    fact: 'F9',
    name: 'a transaction that the database ends in a deadlock runs again',
    file: 'sync-server/db/database.ts',
    text: "const TRY_AGAIN = new Set(['40001', '40P01']);",
    without: "const TRY_AGAIN = new Set(['40001']);",
    test: unit('sync-server/db/database.test.ts', 'two transactions that lock rows crosswise both succeed'),
  },
  {
    fact: 'F2',
    name: 'a card is asked only while nobody else can have given the attempt up',
    file: 'sync-server/terminals/zvt-line.ts',
    text: "      if (permit !== undefined && !permit.isOpen()) return 'too-late';\n",
    without: '      void permit;\n',
    test: integration('tests/integration/card-terminals.test.ts', 'charges nothing once others have given'),
  },
];
