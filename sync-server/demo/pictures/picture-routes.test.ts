import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SILENT_LOG } from '../../db/log.ts';
import { makeApp } from '../../http/make-app.ts';
import { picturePath } from './picture-path.ts';
import { pictureRoutes } from './picture-routes.ts';

const app = makeApp({ tls: null, log: SILENT_LOG });
beforeAll(async () => {
  await app.register(pictureRoutes);
  await app.ready();
});
afterAll(() => app.close());

describe('pictures of the demo goods', () => {
  test('are SVG that a browser keeps for ever and that can run nothing', async () => {
    const response = await app.inject({ url: `/${picturePath('sofa', 'green')}` });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('image/svg+xml');
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(response.headers['content-security-policy']).toBe("default-src 'none'");
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect(response.body).toMatch(/^<svg .*#3f8f5f.*<\/svg>$/);
  });

  test.each(['/media/1/sofa-mauve.svg', '/media/1/%2e%2e%2fkeys-green.svg', '/media/2/sofa-green.svg'])(
    '%s is answered with 404',
    async (url) => {
      expect((await app.inject({ url })).statusCode).toBe(404);
    },
  );
});
