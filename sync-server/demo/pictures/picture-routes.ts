// Serves the pictures of the demo goods, drawn when they are asked for: 100,000 items cost no disk and a picture
// a few hundred bytes. The version is part of the path, so a browser keeps a picture for ever.

import type { FastifyInstance } from 'fastify';
import { RequestRefused } from '../../db/request-refused.ts';
import { parsePicturePath } from './picture-path.ts';
import { renderPicture } from './render-picture.ts';

/** Registers /media/…svg. Anybody may see a picture; it says nothing that a shop window does not. */
export async function pictureRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { version: string; file: string } }>('/media/:version/:file', async (request, reply) => {
    const { version, file } = request.params;
    const asked = parsePicturePath(`media/${version}/${file}`);
    const picture = asked === null ? null : renderPicture(asked);
    if (picture === null) throw noPicture();
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'")
      .type('image/svg+xml')
      .send(picture);
  });
}

const noPicture = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'picture-unknown',
    detail: 'There is no such picture. The item can be sold without it.',
  });
