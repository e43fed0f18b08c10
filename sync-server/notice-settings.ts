// How customers and channels are reached: SMTP and SMS by URL, the page that shows an order, and whether events may be sent inside the
// network. What is not set is not done: without SMTP_URL no e-mail is written.

export type NoticeSettings = {
  readonly mail: { readonly url: string; readonly from: string } | null;
  readonly sms: { readonly url: string; readonly token: string | null } | null;
  /** Holds `{code}`. */
  readonly trackingUrl: string | null;
  readonly mayReachPrivate: boolean;
};

export const NOTICE_SETTINGS_HELP = `  SMTP_URL         smtps://user:password@mail.example.org:465; with MAIL_FROM="Shop <shop@example.org>"
  SMS_URL,SMS_TOKEN  gateway that takes {id, to, text} by POST, and its bearer token
  TRACKING_URL     page that shows an order, such as https://shop.example.org/shop/track/{code}; default: that
                   of this server's own shop, where it is open
  WEBHOOKS_INSIDE  on: events of channels may go to http and to addresses inside the network; default off`;

type Environment = Readonly<Record<string, string | undefined>>;

const textOf = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();

/** Adds a sentence to `wrong` for each setting that cannot be. Values may hold passwords, so they are not repeated. */
export function readNoticeSettings(environment: Environment, wrong: string[]): NoticeSettings {
  const trackingUrl = urlOf('TRACKING_URL', environment['TRACKING_URL'], ['https:', 'http:'], wrong);
  if (trackingUrl !== null && !trackingUrl.includes('{code}')) {
    wrong.push('TRACKING_URL has no {code} in it, where the code of the order goes.');
  }
  const inside = textOf(environment['WEBHOOKS_INSIDE']) ?? 'off';
  if (inside !== 'on' && inside !== 'off') wrong.push('WEBHOOKS_INSIDE is on or off.');
  return {
    mail: readMail(environment, wrong),
    sms: readSms(environment, wrong),
    trackingUrl,
    mayReachPrivate: inside === 'on',
  };
}

function readMail(environment: Environment, wrong: string[]): NoticeSettings['mail'] {
  const url = urlOf('SMTP_URL', environment['SMTP_URL'], ['smtp:', 'smtps:'], wrong);
  const from = textOf(environment['MAIL_FROM']);
  if (url === null && from === null) return null;
  if (url === null || from === null || !/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/u.test(from)) {
    wrong.push('SMTP_URL and MAIL_FROM belong together: MAIL_FROM="Shop <shop@example.org>".');
    return null;
  }
  return { url, from };
}

function readSms(environment: Environment, wrong: string[]): NoticeSettings['sms'] {
  const url = urlOf('SMS_URL', environment['SMS_URL'], ['https:', 'http:'], wrong);
  return url === null ? null : { url, token: textOf(environment['SMS_TOKEN']) };
}

function urlOf(
  name: string,
  value: string | undefined,
  schemes: readonly string[],
  wrong: string[],
): string | null {
  const text = textOf(value);
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && schemes.includes(url.protocol) && url.hostname !== '') return text;
  wrong.push(
    `${name} is not an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`,
  );
  return null;
}
