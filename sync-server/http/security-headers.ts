// The headers that go with every answer, also with errors, files and service workers. They are set when the
// request comes in, so that no route can forget them; a route may only add to them.
//
// The apps run no inline script and no eval (compiling WebAssembly for the scanner is allowed), talk to no other
// origin, are framed by nobody, and turn text into script addresses only through the policy named `tillandsia`.

import type { FastifyInstance, FastifyRequest } from 'fastify';

export type HeaderSet = Readonly<Record<string, string>>;

type Area = 'pos' | 'kiosk' | 'shop' | 'docs' | 'api';

const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types tillandsia',
].join('; ');

// The shop decodes nothing and starts no worker.
const SHOP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

// The pages of the API description are a program of others that writes styles into the page. They are served
// from our own files, hold no token by themselves, and reach this origin only.
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const NOTHING_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Every feature a page could ask a browser for; none is granted unless an area lists it. */
const FEATURES = [
  'accelerometer',
  'autoplay',
  // The name in the Web Bluetooth specification and in Chromium since 104. Where Web Bluetooth is off (Chromium on Linux
  // without its flag) the browser does not know it and says so in the console; leaving it out would deny nothing there.
  'bluetooth',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

type Feature = (typeof FEATURES)[number];

const GRANTED: Readonly<Record<Area, readonly Feature[]>> = {
  // A till drives printers, drawers, scanners and scales.
  pos: ['bluetooth', 'camera', 'hid', 'serial', 'usb'],
  // A kiosk scans with its camera, and nothing else.
  kiosk: ['camera'],
  // The nearest store, when the visitor taps for it.
  shop: ['geolocation'],
  docs: [],
  api: [],
};

const POLICIES: Readonly<Record<Area, string>> = {
  pos: APP_POLICY,
  kiosk: APP_POLICY,
  shop: SHOP_POLICY,
  docs: DOCS_POLICY,
  api: NOTHING_POLICY,
};

const YEAR_SECONDS = 31_536_000;

/** Headers of an answer to `url`; HSTS only where the request came over TLS. */
export function securityHeaders(url: string, isOverTls: boolean): HeaderSet {
  const area = areaOf(url);
  return {
    'content-security-policy': POLICIES[area],
    'permissions-policy': permissionsPolicy(GRANTED[area]),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(isOverTls && { 'strict-transport-security': `max-age=${YEAR_SECONDS}` }),
    ...(url.startsWith('/api/') && { 'cache-control': 'no-store' }),
  };
}

/** Puts the headers on every answer of the app, whichever route or error makes it. */
export function setSecurityHeaders(app: FastifyInstance, options: { readonly isTls: boolean }): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders(request.url, options.isTls || isBehindTls(request)));
    done();
  });
}

/** A proxy in front of us may speak TLS. The claim only affects the answer to whoever makes it. */
function isBehindTls(request: FastifyRequest): boolean {
  return request.headers['x-forwarded-proto'] === 'https';
}

function areaOf(url: string): Area {
  if (url.startsWith('/pos/')) return 'pos';
  if (url.startsWith('/kiosk/')) return 'kiosk';
  if (url.startsWith('/shop/')) return 'shop';
  return url.startsWith('/api/docs') ? 'docs' : 'api';
}

function permissionsPolicy(granted: readonly Feature[]): string {
  return FEATURES.map((feature) => `${feature}=(${granted.includes(feature) ? 'self' : ''})`).join(', ');
}
