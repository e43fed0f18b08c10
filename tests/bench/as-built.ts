// A module as it runs where it is used: bundled as the server is, not through the loader of TypeScript.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** Bundles the module and loads it; `entry` is the path of its file. */
export async function asBuilt<Module>(entry: string): Promise<Module> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-bench-'));
  try {
    await build({
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: 'warn',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: entry,
        outDir: folder,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'work.mjs' } },
      },
    });
    // The caller names the type of the module that it asks for.
    return (await import(pathToFileURL(path.join(folder, 'work.mjs')).href)) as Module;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
