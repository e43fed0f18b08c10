// One configuration for everything that Vite touches: `--mode pos`, `--mode kiosk` and `--mode shop` build or serve one app each
// (into .build/pos and so on, below /pos/, /kiosk/ and /shop/), and vitest finds its projects here.
// Nothing that is built may need an inline script, an inline style or another origin: the server's policy refuses them.

import { fileURLToPath } from 'node:url';
import { preact } from '@preact/preset-vite';
import { defaultClientConditions, type Plugin, type Rolldown } from 'vite';
import { VitePWA, type ManifestOptions } from 'vite-plugin-pwa';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const APPS = ['pos', 'kiosk'] as const;
type App = (typeof APPS)[number];

/** Ports of the dev servers; the POS one hands /kiosk/ on, so that one address shows both apps. */
const DEV_PORTS: Readonly<Record<App, number>> = {
  pos: Number(process.env['POS_PORT'] ?? 5173),
  kiosk: Number(process.env['KIOSK_PORT'] ?? 5174),
};
const SHOP_PORT = Number(process.env['SHOP_PORT'] ?? 5175);
const BROWSERS = ['chrome120', 'firefox121', 'safari17.4'];
const SERVER = process.env['TILLANDSIA_SERVER'] ?? 'http://127.0.0.1:8080';

const MANIFESTS: Readonly<Record<App, Partial<ManifestOptions>>> = {
  pos: {
    name: 'Tillandsia point of sale',
    short_name: 'Tillandsia',
    description: 'Sell with and without a network.',
    display: 'standalone',
    orientation: 'any',
    categories: ['business', 'shopping'],
  },
  kiosk: {
    name: 'Tillandsia kiosk',
    short_name: 'Kiosk',
    description: 'Prices and stock for customers in the store.',
    display: 'fullscreen',
    orientation: 'any',
    categories: ['shopping'],
  },
};

const below = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the receipt encoder's library needs in a browser: a small iconv-lite, and the `buffer` package as Buffer. */
const RECEIPT_ENCODER_ALIASES: Readonly<Record<string, string>> = {
  'iconv-lite': below('./shared/devices/escpos/iconv-shim.ts'),
  buffer: below('./node_modules/buffer/index.js'),
};

function manifestOf(app: App): Partial<ManifestOptions> {
  return {
    ...MANIFESTS[app],
    id: `/${app}/`,
    start_url: `/${app}/`,
    scope: `/${app}/`,
    lang: 'en',
    dir: 'ltr',
    background_color: '#f6f7f4',
    theme_color: '#17624a',
    icons: [
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}

const CATALOGUE_WORKER = below('./shared/client/catalogue/catalogue.worker.ts');

/**
 * The worker of the catalogue as one more entry of the page's own build, so that both load one file with the database in
 * it. Built by itself it would hold a second copy, a third of all that is fetched before the first sale.
 */
const shareWithWorker = (): Plugin => ({
  name: 'share-with-worker',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/catalogue.worker.ts?worker&url') ? '\0catalogue-worker-url' : null,
  load(id) {
    if (id !== '\0catalogue-worker-url') return null;
    const worker = this.emitFile({ type: 'chunk', id: CATALOGUE_WORKER, name: 'catalogue.worker' });
    return `export default import.meta.ROLLUP_FILE_URL_${worker};`;
  },
});

/**
 * A few files instead of thirty until the till can sell: what the first screen needs, what composition.tsx needs at once,
 * what it shares with the worker (the database), and the words of a language. Left alone, every module that a later dialog
 * shares becomes a file, and on a cold start each file is a turn of its own through the service worker.
 */
function chunkGroups(app: App): CodeSplittingGroup[] {
  const isNeededBy = (entry: string) => {
    let needed: ReadonlySet<string> | null = null;
    return (id: string, context: ChunkingContext): boolean => {
      needed ??= importedBy(entry, context);
      return needed.has(id);
    };
  };
  const [first, till, worker] = [
    isNeededBy(below(`./${app}/main.tsx`)),
    isNeededBy(below(`./${app}/composition.tsx`)),
    isNeededBy(CATALOGUE_WORKER),
  ];
  return [
    {
      // What the file that starts the app shares with the worker, which must not load that file.
      name: (id, context) => (first(id, context) && worker(id, context) ? 'common' : null),
      priority: 5,
      debugName: 'common',
    },
    { name: (id, context) => (first(id, context) ? 'first' : null), priority: 4, debugName: 'first' },
    { name: (id) => /messages\/(\w+)\.json$/.exec(id)?.[1] ?? null, priority: 3, debugName: 'words' },
    {
      name: (id, context) =>
        worker(id, context) && (till(id, context) || id.includes('/shared/domain/')) ? 'store' : null,
      priority: 2,
      debugName: 'store',
    },
    { name: (id, context) => (till(id, context) ? 'till' : null), priority: 1, debugName: 'till' },
  ];
}

/** The module and all that it imports without waiting, directly or through others. */
function importedBy(id: string, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([id]);
  for (const each of found) {
    for (const imported of context.getModuleInfo(each)?.importedIds ?? []) found.add(imported);
  }
  return found;
}

/** Files that the first script asks for only when it runs. */
const NEEDED_SOON: ReadonlySet<string> = new Set(['store', 'till', 'rolldown-runtime']);

/** Has the browser fetch what the till needs while the first screen is made; after it, on a slow line. */
const askForTill = (app: App): Plugin => ({
  name: 'ask-for-till',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      return Object.values(bundle ?? {})
        .filter((file) => file.type === 'chunk' && NEEDED_SOON.has(file.name))
        .map(({ fileName }) => ({
          tag: 'link',
          injectTo: 'head' as const,
          attrs: {
            rel: 'modulepreload',
            fetchpriority: 'low',
            crossorigin: true,
            href: `/${app}/${fileName}`,
          },
        }));
    },
  },
});

type CodeSplitting = Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>;
type CodeSplittingGroup = NonNullable<CodeSplitting['groups']>[number];
type ChunkingContext = Rolldown.ChunkingContext;

function appConfig(app: App): ViteUserConfig {
  return {
    root: below(`./${app}`),
    base: `/${app}/`,
    publicDir: below(`./public/${app}`),
    envDir: false,
    // Each app has its own: two dev servers that share one throw away what the other has prepared.
    cacheDir: below(`./.cache/vite-${app}`),
    plugins: [
      preact({ devToolsEnabled: false }),
      shareWithWorker(),
      askForTill(app),
      VitePWA({
        strategies: 'injectManifest',
        registerType: 'prompt',
        injectRegister: false,
        srcDir: '../shared/client/service-worker',
        filename: 'service-worker.ts',
        scope: `/${app}/`,
        manifest: manifestOf(app),
        injectManifest: {
          globPatterns: ['**/*.{js,css,html,svg,png,webp,woff2,wasm,json,webmanifest}'],
          // The whole app must start with no network: a file left out of the precache is a till that cannot sell.
          maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
          rollupFormat: 'iife',
          sourcemap: false,
        },
      }),
    ],
    worker: { format: 'es' },
    // Only a worker imports it, which the dev server would see at the first PIN, and reload the page under the cashier.
    optimizeDeps: { include: ['hash-wasm'] },
    resolve: {
      alias: RECEIPT_ENCODER_ALIASES,
      // RxJS for browsers of this decade: without it, a copy for those of 2015 with its helpers.
      conditions: ['es2015', ...defaultClientConditions],
    },
    build: {
      outDir: below(`./.build/${app}`),
      emptyOutDir: true,
      target: BROWSERS,
      modulePreload: { polyfill: false },
      // Inlined files would be `data:` addresses, which the content security policy refuses.
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 900,
      rolldownOptions: { output: { codeSplitting: { groups: chunkGroups(app) } } },
    },
    server: {
      // By number: on some machines `localhost` is only ::1, and the printed address would answer nobody.
      host: '127.0.0.1',
      port: DEV_PORTS[app],
      strictPort: true,
      // A page of the kiosk that came through the POS address hears of changes from the kiosk's own server.
      hmr: { clientPort: DEV_PORTS[app] },
      fs: { allow: [below('.')] },
      proxy: {
        '/api': { target: SERVER, changeOrigin: false },
        '/media': { target: SERVER, changeOrigin: false },
        ...(app === 'pos' && {
          '/kiosk/': { target: `http://127.0.0.1:${DEV_PORTS.kiosk}`, changeOrigin: false, ws: true },
        }),
      },
    },
  };
}

/** The shop for visitors is a page like others: nothing is installed, and nothing works without the server. */
const shopConfig = (): ViteUserConfig => ({
  root: below('./sync-server/storefront'),
  base: '/shop/',
  publicDir: below('./public/shop'),
  envDir: false,
  cacheDir: below('./.cache/vite-shop'),
  plugins: [preact({ devToolsEnabled: false })],
  build: {
    outDir: below('./.build/shop'),
    emptyOutDir: true,
    target: BROWSERS,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    port: SHOP_PORT,
    strictPort: true,
    hmr: { clientPort: SHOP_PORT },
    fs: { allow: [below('.')] },
    proxy: {
      '/channels': { target: SERVER, changeOrigin: false },
      '/media': { target: SERVER, changeOrigin: false },
    },
  },
});

/** Wide tests start processes and databases of their own; they run one file at a time on a small machine. */
const wide = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    environment: 'node',
    testTimeout,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

const testConfig: ViteUserConfig = {
  root: below('.'),
  envDir: false,
  test: {
    // Opens the door to the run's PostgreSQL, which starts when the first test asks for it.
    globalSetup: ['./tests/support/embedded-postgres.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{pos,kiosk,shared,sync-server}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 120_000,
        },
      },
      wide('integration', 120_000),
      wide('property', 300_000),
      wide('faults', 300_000),
    ],
  },
};

export default defineConfig(({ mode, command }) => {
  if (command === 'build') process.env['NODE_ENV'] = 'production'; // Otherwise there is no service worker.
  const app = APPS.find((name) => name === mode);
  if (app !== undefined) return appConfig(app);
  return mode === 'shop' ? shopConfig() : testConfig;
});
