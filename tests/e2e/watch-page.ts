// Watches everything a browser context does and keeps what it must never do: ask another origin, break its own content
// security policy, throw, or write an error to the console. A test that cuts the network says so first, and then the
// browser's own lines about the failed connection are expected.

import type { BrowserContext } from '@playwright/test';

export type Watch = {
  /** Sentences of everything that should not have happened. */
  readonly offences: string[];
  /** From now on lost connections are part of the test. */
  expectLostConnections(): void;
  /** From now on the server may say no: the browser writes a line for every answer of the 400s. */
  expectRefusals(): void;
};

/** The browser's own words for a request that found no server; it writes them for every failed fetch. */
const LOST_CONNECTION =
  /net::ERR_(CONNECTION_|INTERNET_DISCONNECTED|EMPTY_RESPONSE|SOCKET_|FAILED|INCOMPLETE_|NETWORK_)|status of 50[234]/;

const REFUSAL = /status of 4\d\d/;

export async function watchContext(context: BrowserContext, origin: string): Promise<Watch> {
  const offences: string[] = [];
  let mayLoseConnections = false;
  let mayBeRefused = false;
  await context.exposeBinding('reportPolicyViolation', (_source, said: unknown) => {
    offences.push(`content security policy: ${String(said)}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(globalThis, 'reportPolicyViolation');
      const said = `${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`;
      if (typeof report === 'function') Reflect.apply(report, globalThis, [said]);
    });
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || ['data:', 'blob:', 'about:'].includes(url.protocol);
    if (!isOwn) offences.push(`a request to another origin: ${request.method()} ${request.url()}`);
  });
  context.on(
    'weberror',
    (error) => void offences.push(`an uncaught error: ${error.error().stack ?? error.error().message}`),
  );
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const text = message.text();
    if (mayLoseConnections && LOST_CONNECTION.test(text)) return;
    if (mayBeRefused && REFUSAL.test(text)) return;
    offences.push(`console error: ${text} (${message.location().url})`);
  });
  return {
    offences,
    expectLostConnections: () => {
      mayLoseConnections = true;
    },
    expectRefusals: () => {
      mayBeRefused = true;
    },
  };
}
