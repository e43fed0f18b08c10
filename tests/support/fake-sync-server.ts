// A sync server in memory with a fetch of its own, for tests of workstations: the same routes, marks and
// refusals as the real one, and faults at the wire (down, hanging, lost answers, a captive portal's HTML).
// It keeps facts by the same rule (checkLink), so a client that skips or repeats is found out.

import { checkLink, compareJournalPositions, EMPTY_JOURNAL } from '../../shared/domain/journal.ts';
import type { Fact, JournalHead } from '../../shared/domain/fact.ts';

type Document = { readonly id: string; readonly [name: string]: unknown };
type Stored = { readonly position: number; readonly isDeleted: boolean; readonly document: Document };

export type CustomerAsked = {
  readonly customerId: string;
  readonly factId: string;
  readonly name: string;
};

export type Fault =
  | 'none'
  | 'down'
  | 'hang'
  | 'portal-html'
  | 'lost-answers'
  | 'busy'
  | 'outdated'
  | 'revoked';

export type FakeSyncServer = {
  readonly fetch: typeof globalThis.fetch;
  fault: Fault;
  /** Applies `fault` to these paths only; everything when null. */
  faultOnly: RegExp | null;
  readonly requests: { readonly path: string; readonly at: number; readonly body: unknown }[];
  facts(): readonly Fact[];
  head(): JournalHead;
  /** A restore of an older backup: forgets all facts after the first `count`. */
  forgetAfter(count: number): void;
  /** Puts or deletes a document and tells the streams. */
  put(collection: string, document: Document): void;
  remove(collection: string, id: string): void;
  revokeTokens(): void;
  snapshot: { readonly pages: readonly Document[] } | null;
  clockOffsetMs: number;
  /** What is answered to details of customers; 404 where nothing is said. */
  onCustomers: ((asked: readonly CustomerAsked[]) => readonly object[]) | null;
  /** Ends all open streams, as a server restart would. */
  endStreams(): void;
};

const headOf = (facts: readonly Fact[]): JournalHead => {
  const last = facts.at(-1);
  return last === undefined ? EMPTY_JOURNAL : { epoch: last.epoch, sequence: last.sequence, hash: last.hash };
};

export function createFakeSyncServer(): FakeSyncServer {
  let facts: Fact[] = [];
  let lastPosition = 0;
  let tokenNumber = 1;
  const collections = new Map<string, Map<string, Stored>>();
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();
  const serverTime = () => new Date(Date.now() + server.clockOffsetMs).toISOString();

  const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify({ type: 'x', title: code, status, code, detail: `${code}.` }), {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    });
  const tell = (collection: string) => {
    const text = `event: changed\ndata: ${JSON.stringify({ positions: {}, collections: [collection], serverTime: serverTime() })}\n\n`;
    for (const stream of streams) stream.enqueue(encoder.encode(text));
  };
  const write = (collection: string, document: Document, isDeleted: boolean) => {
    lastPosition += 1;
    const known = collections.get(collection) ?? new Map<string, Stored>();
    known.delete(document.id);
    known.set(document.id, { position: lastPosition, isDeleted, document });
    collections.set(collection, known);
    tell(collection);
  };

  const pushFacts = (pushed: readonly Fact[]) => {
    const results: { id: string; outcome: string }[] = [];
    for (const fact of pushed) {
      const held = facts.find((one) => one.epoch === fact.epoch && one.sequence === fact.sequence);
      if (held !== undefined && held.hash !== fact.hash) return problem(409, 'journal-forked');
      if (held !== undefined) results.push({ id: fact.id, outcome: 'repeated' });
      else if (checkLink(headOf(facts), fact).ok) {
        facts.push(fact);
        results.push({ id: fact.id, outcome: 'accepted' });
      } else {
        results.push({ id: fact.id, outcome: 'gap' });
        break;
      }
    }
    return json({ head: headOf(facts), results, serverTime: serverTime() });
  };
  const pull = (collection: string, url: URL) => {
    const from = Number(url.searchParams.get('checkpoint') ?? '0');
    if (!Number.isFinite(from) || from > lastPosition) return problem(400, 'bad-checkpoint');
    const limit = Number(url.searchParams.get('limit') ?? '100');
    const found = [...(collections.get(collection)?.values() ?? [])]
      .filter((one) => one.position > from)
      .sort((left, right) => left.position - right.position)
      .slice(0, limit);
    return json({
      documents: found.map((one) => ({ ...one.document, _deleted: one.isDeleted })),
      checkpoint: { position: String(found.at(-1)?.position ?? from) },
    });
  };
  const stream = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          streams.add(controller);
          controller.enqueue(encoder.encode(': hello\n\n'));
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );

  const route = (url: URL, method: string, body: unknown, bearer: string | null): Response => {
    const path = url.pathname;
    if (path === '/api/v1/status') {
      return json({
        product: 'tillandsia',
        role: 'head-office',
        isDemo: true,
        protocol: {},
        serverTime: serverTime(),
      });
    }
    if (path === '/api/v1/demo/enrolment-code') return json({ code: 'DEMOCODE' });
    if (path === '/api/v1/enrolments') {
      return json({ workstationId: 'w1', workstationNumber: 2, storeId: 's1', storeNumber: 1, epoch: 1 });
    }
    if (path === '/api/v1/challenges' && server.fault === 'revoked')
      return problem(401, 'workstation-revoked');
    if (path === '/api/v1/challenges') return json({ challenge: 'c', expiresAt: serverTime() });
    if (path === '/api/v1/tokens') {
      const expiresAt = new Date(Date.parse(serverTime()) + 900_000).toISOString();
      return json({
        token: `t${String(tokenNumber)}`,
        expiresAt,
        serverTime: serverTime(),
        head: headOf(facts),
      });
    }
    if (bearer !== `Bearer t${String(tokenNumber)}`) return problem(401, 'token-invalid');
    if (path === '/api/v1/facts' && method === 'POST') return pushFacts((body as { facts: Fact[] }).facts);
    if (path === '/api/v1/facts') {
      const epoch = Number(url.searchParams.get('epoch'));
      const after = Number(url.searchParams.get('afterSequence'));
      const own = facts.filter((fact) => compareJournalPositions(fact, { epoch, sequence: after }) > 0);
      return json({ facts: own.filter((fact) => fact.epoch === epoch).slice(0, 200), head: headOf(facts) });
    }
    if (path === '/api/v1/replication/stream') return stream();
    if (path === '/api/v1/customers' && server.onCustomers !== null)
      return json({ results: server.onCustomers((body as { customers: CustomerAsked[] }).customers) });
    if (path === '/api/v1/replication/carts/push') {
      for (const row of body as { newDocumentState: Document & { _deleted: boolean } }[]) {
        const { _deleted, ...document } = row.newDocumentState;
        write('carts', document, _deleted);
      }
      return json([]);
    }
    const pulled = /^\/api\/v1\/replication\/(\w+)\/pull$/.exec(path)?.[1];
    if (pulled !== undefined) return pull(pulled, url);
    if (path === '/api/v1/snapshots/catalogue' && server.snapshot !== null) {
      return json({
        url: '/api/v1/snapshots/catalogue/company-1.json',
        position: 1,
        pages: 1,
        items: 1,
        bytes: 1,
      });
    }
    if (path.startsWith('/api/v1/snapshots/catalogue/') && server.snapshot !== null) {
      const { pages } = server.snapshot;
      const header = { checkpoint: { position: String(lastPosition) }, pages: pages.length, items: 0 };
      return new Response([header, ...pages].map((line) => JSON.stringify(line)).join('\n'), {
        headers: { 'content-type': 'application/x-ndjson' },
      });
    }
    return problem(404, 'not-found');
  };

  const fail = (signal: AbortSignal | null | undefined): Promise<Response> | Response | null => {
    switch (server.fault) {
      case 'down':
        return Promise.reject(new TypeError('fetch failed'));
      case 'hang':
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        });
      case 'portal-html':
        return new Response('<html>Bad gateway</html>', {
          status: 502,
          headers: { 'content-type': 'text/html' },
        });
      case 'busy':
        return problem(503, 'busy', { 'retry-after': '1' });
      case 'outdated':
        return problem(426, 'protocol-too-old');
      case 'none':
      case 'lost-answers':
      case 'revoked':
        return null;
    }
  };

  const server: FakeSyncServer = {
    fault: 'none',
    faultOnly: null,
    requests: [],
    snapshot: null,
    clockOffsetMs: 0,
    onCustomers: null,
    facts: () => facts,
    head: () => headOf(facts),
    forgetAfter(count) {
      facts = facts.slice(0, count);
    },
    put: (collection, document) => write(collection, document, false),
    remove: (collection, id) => write(collection, { id }, true),
    revokeTokens() {
      tokenNumber += 1;
    },
    endStreams() {
      for (const one of streams) one.close();
      streams.clear();
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      server.requests.push({ path: url.pathname, at: performance.now(), body });
      const isHit = server.faultOnly?.test(url.pathname) ?? true;
      const failed = isHit ? fail(init?.signal) : null;
      if (failed !== null) return failed;
      const bearer = new Headers(init?.headers).get('authorization');
      const answer = route(url, init?.method ?? 'GET', body, bearer);
      if (isHit && server.fault === 'lost-answers') throw new TypeError('connection reset');
      return answer;
    },
  };
  return server;
}
