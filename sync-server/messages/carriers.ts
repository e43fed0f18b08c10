// How messages leave: e-mail over SMTP, SMS through the gateway of a provider that takes a JSON request. Both are named in the
// settings by URL; without one, messages of that kind are not made.

import { createTransport } from 'nodemailer';
import type { Carrier } from './outbox.ts';

const TIMEOUT_MS = 20_000;

/** `url` such as smtps://user:password@mail.example.org:465; `from` such as "Shop <shop@example.org>". */
export function smtpCarrier(given: {
  readonly url: string;
  readonly from: string;
}): Carrier & { readonly close: () => void } {
  const transport = createTransport(
    {
      url: given.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    },
    { from: given.from },
  );
  return {
    async send({ id, recipient, subject, text, html }) {
      await transport.sendMail({
        to: { name: '', address: recipient },
        subject,
        text,
        // The same message has the same id in every try, so that a mail program shows it once.
        messageId: `<${id}@tillandsia>`,
        headers: { 'auto-submitted': 'auto-generated' },
        ...(html === null ? {} : { html }),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}

/** Posts `{id, to, text}` to the gateway; any answer but 2xx is a failure. */
export function smsCarrier(given: { readonly url: string; readonly token: string | null }): Carrier {
  return {
    async send({ id, recipient, text }) {
      const response = await fetch(given.url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(given.token === null ? {} : { authorization: `Bearer ${given.token}` }),
        },
        body: JSON.stringify({ id, to: recipient.replaceAll(/[^+\d]/gu, ''), text }),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the SMS gateway answered ${response.status}`);
    },
  };
}
