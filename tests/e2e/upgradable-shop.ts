// A shop whose apps are exchanged for the next version while its address and its data stay, as an upgrade of the server
// does it. The next version is a real second build: of this project, or of a changed copy of it.

import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUILD_FOLDER } from '../../sync-server/build/places.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { ownProgram, PROJECT_ROOT, runCommand } from '../support/run-command.ts';
import { makeServerProcess, type ServerProcess } from '../support/server-process.ts';
import type { Till } from './till.ts';

export type NextVersion = {
  readonly version: string;
  /** Where it is built; this project when left out. */
  readonly project?: string;
};

/** A shop whose apps can be exchanged for the next version while its address and its data stay. */
export class UpgradableShop {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-upgrade-'));
  readonly #apps = path.join(this.#folder, 'apps');
  readonly #next = path.join(this.#folder, 'next');
  readonly #given: NextVersion;
  #server: ServerProcess | null = null;
  #proxy: FaultProxy | null = null;

  constructor(given: NextVersion) {
    this.#given = given;
  }

  get proxy(): FaultProxy {
    if (this.#proxy === null) throw new Error('the shop is not open');
    return this.#proxy;
  }

  /** Where its database is, for looking past the product. */
  get data(): { readonly dataFolder: string } {
    if (this.#server === null) throw new Error('the shop is not open');
    return this.#server;
  }

  async open(): Promise<void> {
    // Built by the server of the other tests; this one serves a copy, so that nobody exchanges it under them.
    cpSync(path.join(BUILD_FOLDER, 'pos'), path.join(this.#apps, 'pos'), { recursive: true });
    const { version, project = PROJECT_ROOT } = this.#given;
    const build = runCommand(ownProgram('vite'), ['build', '--mode', 'pos', '--outDir', this.#next], {
      cwd: project,
      env: { VITE_APP_VERSION: version, NODE_ENV: 'production' },
    });
    const server = await makeServerProcess({ appsFolder: this.#apps });
    this.#server = server;
    const [built] = await Promise.all([build, server.start()]);
    if (built.code !== 0) throw new Error(`the next version was not built:\n${built.output}`);
    this.#proxy = await startFaultProxy({ host: '127.0.0.1', port: server.port });
  }

  /** As an operator does it: stop, put the new files in the place of the old ones, start. */
  async upgrade(): Promise<void> {
    await this.#server?.stop();
    rmSync(path.join(this.#apps, 'pos'), { recursive: true });
    renameSync(this.#next, path.join(this.#apps, 'pos'));
    await this.#server?.start();
  }

  async close(): Promise<void> {
    await this.#proxy?.close();
    await this.#server?.dispose();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Has the browser look for a new version, as it does by itself every half hour, until one waits. */
export async function findNewVersion(till: Till): Promise<void> {
  await till.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    for (let look = 0; look < 400 && registration.waiting === null; look += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    if (registration.waiting === null) throw new Error('no new version is waiting');
  });
}
