// Serves the preview of the screens (main.tsx beside it) with the pictures of the demo store.

import { fileURLToPath } from 'node:url';
import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { parsePicturePath } from '../../../sync-server/demo/pictures/picture-path.ts';
import { renderPicture } from '../../../sync-server/demo/pictures/render-picture.ts';

const below = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: below('.'),
  envDir: false,
  cacheDir: below('../../../node_modules/.vite-preview'),
  plugins: [
    preact({ devToolsEnabled: false }),
    {
      name: 'demo-pictures',
      configureServer({ middlewares }) {
        middlewares.use((request, response, next) => {
          const asked = parsePicturePath(request.url ?? '');
          const picture = asked === null ? null : renderPicture(asked);
          if (picture === null) next();
          else response.setHeader('content-type', 'image/svg+xml').end(picture);
        });
      },
    },
  ],
  resolve: {
    alias: {
      'iconv-lite': below('../../../shared/devices/escpos/iconv-shim.ts'),
      buffer: below('../../../node_modules/buffer/index.js'),
    },
  },
  server: {
    port: Number(process.env['PORT'] ?? 5180),
    fs: { allow: [below('../../..')] },
  },
});
