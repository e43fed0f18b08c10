// A network that misbehaves on demand: an HTTP proxy in front of the server. A plan decides for each request what goes
// wrong with it; without a plan everything passes, streams included.
//
//   workstation ──► fault proxy ──► server
//                      │ drop-response: the server has done it, the workstation never hears
//                      │ duplicate:     the server is asked twice, the second answer goes back
//                      │ hang:          nobody answers · bad-gateway: an HTML page with 502
//                      │ trickle:       one byte a second · cut: the connection breaks before the server

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Fault =
  | { readonly kind: 'drop-response' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'bad-gateway' }
  | { readonly kind: 'trickle' }
  | { readonly kind: 'cut' }
  /** The answer with text at its end: how another version of a file is served. */
  | { readonly kind: 'append-text'; readonly text: string };

/** What goes wrong with this request; null lets it pass. */
export type FaultPlan = (request: { readonly method: string; readonly path: string }) => Fault | null;

export type FaultProxy = {
  readonly url: string;
  readonly port: number;
  /** Faults injected so far, by kind. */
  readonly injected: ReadonlyMap<Fault['kind'], number>;
  /** Requests seen so far. */
  requestCount(): number;
  setPlan(plan: FaultPlan | null): void;
  /** Cuts the cable: open connections break, new ones are refused. */
  disconnect(): void;
  reconnect(): void;
  close(): Promise<void>;
};

const BODY_MAX_BYTES = 8 * 1024 * 1024;

export async function startFaultProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const injected = new Map<Fault['kind'], number>();
  const agent = new Agent({ keepAlive: true });
  let plan: FaultPlan | null = null;
  let isConnected = true;
  let requests = 0;

  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const fault = plan?.({ method: incoming.method ?? 'GET', path: incoming.url ?? '/' }) ?? null;
    if (fault !== null) injected.set(fault.kind, (injected.get(fault.kind) ?? 0) + 1);
    handle({ incoming, outgoing, fault, target, agent }).catch(() => outgoing.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    if (!isConnected) socket.resetAndDestroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  const breakAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    injected,
    requestCount: () => requests,
    setPlan: (next) => {
      plan = next;
    },
    disconnect: () => {
      isConnected = false;
      breakAll();
    },
    reconnect: () => {
      isConnected = true;
    },
    close: async () => {
      breakAll();
      agent.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

type Exchange = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly fault: Fault | null;
  readonly target: { readonly host: string; readonly port: number };
  readonly agent: Agent;
};

async function handle(exchange: Exchange): Promise<void> {
  const { incoming, outgoing, fault } = exchange;
  switch (fault?.kind) {
    case undefined:
      return forward(exchange, await bodyOf(incoming));
    case 'cut':
      incoming.socket.resetAndDestroy();
      return;
    case 'hang':
      // The request is read and nobody answers; the connection stays open until one side gives up.
      incoming.resume();
      return;
    case 'bad-gateway':
      incoming.resume();
      outgoing.writeHead(502, { 'content-type': 'text/html' });
      outgoing.end(
        '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>',
      );
      return;
    case 'delay': {
      const body = await bodyOf(incoming);
      await delay(fault.delayMs);
      return forward(exchange, body);
    }
    case 'drop-response': {
      await wholeAnswer(exchange, await bodyOf(incoming));
      incoming.socket.resetAndDestroy();
      return;
    }
    case 'duplicate': {
      const body = await bodyOf(incoming);
      await wholeAnswer(exchange, body);
      return forward(exchange, body);
    }
    case 'append-text': {
      // The server must not answer in a compressed form, nor say that nothing has changed.
      for (const header of ['accept-encoding', 'if-none-match', 'if-modified-since'])
        delete incoming.headers[header];
      const answer = await wholeAnswer(exchange, await bodyOf(incoming));
      const { 'content-length': _length, etag: _etag, ...headers } = answer.headers;
      outgoing.writeHead(answer.status, headers);
      outgoing.end(Buffer.concat([answer.body, Buffer.from(fault.text)]));
      return;
    }
    case 'trickle': {
      const answer = await wholeAnswer(exchange, await bodyOf(incoming));
      outgoing.writeHead(answer.status, answer.headers);
      for (const byte of answer.body) {
        if (outgoing.destroyed) return;
        outgoing.write(Buffer.of(byte));
        await delay(1000);
      }
      outgoing.end();
    }
  }
}

/** Sends the request on and pipes the answer back as it comes, so that a live stream stays live. */
async function forward(exchange: Exchange, body: Buffer): Promise<void> {
  const answer = await sendOn(exchange, body);
  const { outgoing } = exchange;
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  outgoing.flushHeaders();
  outgoing.once('close', () => answer.destroy());
  answer.once('error', () => outgoing.destroy());
  answer.pipe(outgoing);
}

async function wholeAnswer(
  exchange: Exchange,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  const answer = await sendOn(exchange, body);
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bodyOf(answer) };
}

async function sendOn({ incoming, target, agent }: Exchange, body: Buffer): Promise<IncomingMessage> {
  const onward = ask({
    host: target.host,
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: { ...incoming.headers, 'content-length': String(body.length) },
    agent,
  });
  const answered = once(onward, 'response');
  onward.end(body);
  // 'response' carries exactly one IncomingMessage.
  const [answer] = (await answered) as [IncomingMessage];
  return answer;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    // A stream without an encoding gives buffers.
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > BODY_MAX_BYTES) throw new Error('the body is larger than anything this product sends');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
