// Serves the two apps and the shop from the build folder: files with a hash in their name for ever, everything else checked
// again each time (so that an update is seen), compressed variants where the build wrote them, and index.html for
// the screens below an app's address, so that a reload of any screen works.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { RequestRefused } from '../db/request-refused.ts';
import { sendProblem } from './problems.ts';

const APPS = ['pos', 'kiosk', 'shop'] as const;
const FOR_EVER = 'public, max-age=31536000, immutable';
const CHECK_AGAIN = 'no-cache';
/** Where Vite puts files with a content hash in their name. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+(?:\.br)?$/u;

/** Registers what is built below `/pos/`, `/kiosk/` and `/shop/`; an app that is not built answers with how to build it. */
export async function registerAppFiles(app: FastifyInstance, buildFolder: string): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect('/pos/', 302));
  for (const name of APPS) {
    const root = path.join(buildFolder, name);
    app.get(`/${name}`, (_request, reply) => reply.redirect(`/${name}/`, 302));
    if (existsSync(path.join(root, 'index.html'))) await serveApp(app, { name, root });
    else app.get(`/${name}/*`, (_request, reply) => sendProblem(reply, notBuilt()));
  }
}

async function serveApp(app: FastifyInstance, given: { name: string; root: string }): Promise<void> {
  // Each app in a context of its own, so that its screens are not answered by the other one's index.html.
  await app.register(
    async (scope) => {
      await scope.register(fastifyStatic, {
        root: given.root,
        prefix: '/',
        preCompressed: true,
        cacheControl: false,
        dotfiles: 'deny',
        allowedPath: (file) => !file.endsWith('.br'),
        setHeaders: (reply: FastifyReply, file: string) => {
          reply.header('cache-control', HASHED.test(file.replaceAll('\\', '/')) ? FOR_EVER : CHECK_AGAIN);
        },
      });
      scope.setNotFoundHandler((request, reply) => {
        const [pathname = ''] = request.url.split('?', 1);
        const isScreen = request.method === 'GET' && !path.posix.basename(pathname).includes('.');
        return isScreen ? reply.sendFile('index.html') : sendProblem(reply, noSuchFile());
      });
    },
    { prefix: `/${given.name}` },
  );
}

const noSuchFile = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'file-unknown',
    detail: 'The app has no such file. Reload the app.',
  });

const notBuilt = (): RequestRefused =>
  new RequestRefused({
    status: 503,
    code: 'app-not-built',
    detail:
      'The app is not built yet. Run `npm run build`, or start the server with `npm start`, which builds it.',
  });
