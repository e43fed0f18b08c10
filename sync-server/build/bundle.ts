// Makes one part with Vite: an app as vite.config.ts says, with Brotli variants beside its files, or the server as
// one file. Packages that come as one file already stay outside of the server's.

import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { StartRefused } from '../db/start-refused.ts';
import { listFiles } from './build-inputs.ts';
import { BUILD_FOLDER, PROJECT_FOLDER, SERVER_BUNDLE, type Part } from './places.ts';

const COMPRESSIBLE = /\.(?:js|css|html|svg|json|webmanifest|wasm)$/u;
/** Below this a compressed variant saves no packet. */
const COMPRESS_FROM_BYTES = 1024;

/** Packages made of many small modules; the rest is loaded from node_modules as it is. */
const INSIDE_SERVER = ['typebox', '@fastify/type-provider-typebox', 'jose'];

/** Builds the part from scratch. StartRefused when the tool for it is not installed. */
export async function bundle(part: Part): Promise<void> {
  const vite = await import('vite').catch((error: unknown) => {
    throw new StartRefused(
      'The apps are not built yet, and the tool that builds them is not installed. ' +
        'Install everything with `npm ci`, or copy a .build folder from where it was built.',
      { cause: error },
    );
  });
  if (part === 'server') await bundleServer(vite);
  else await bundleApp(vite, part);
}

async function bundleApp(vite: typeof import('vite'), app: Exclude<Part, 'server'>): Promise<void> {
  await vite.build({
    configFile: path.join(PROJECT_FOLDER, 'vite.config.ts'),
    // Reads the file without writing a compiled copy into node_modules, which may be read-only.
    configLoader: 'runner',
    root: path.join(PROJECT_FOLDER, app === 'shop' ? 'sync-server/storefront' : app),
    mode: app,
    logLevel: 'warn',
  });
  await writeBrotliVariants(path.join(BUILD_FOLDER, app));
}

async function bundleServer(vite: typeof import('vite')): Promise<void> {
  const folder = path.dirname(SERVER_BUNDLE);
  await vite.build({
    configFile: false,
    envDir: false,
    root: PROJECT_FOLDER,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: INSIDE_SERVER, target: 'node' },
    build: {
      ssr: path.join(PROJECT_FOLDER, 'sync-server', 'serve.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: path.basename(SERVER_BUNDLE) } },
    },
  });
  // The only files that the server reads beside itself.
  await cp(path.join(PROJECT_FOLDER, 'sync-server', 'db', 'migrations'), path.join(folder, 'migrations'), {
    recursive: true,
  });
}

async function writeBrotliVariants(folder: string): Promise<void> {
  const compress = promisify(brotliCompress);
  const files = (await listFiles(folder)).filter((file) => COMPRESSIBLE.test(file));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.length < COMPRESS_FROM_BYTES) return;
      const packed = await compress(content, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      });
      if (packed.length < content.length) await writeFile(`${file}.br`, packed);
    }),
  );
}
