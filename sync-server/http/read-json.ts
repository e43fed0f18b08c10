// Reads request bodies: JSON in UTF-8 and nothing else, at most 1 MB, at most 12 levels deep, never compressed
// (a small bomb unpacks into a large one), and without keys that reach into prototypes. Depth is counted on the
// text, before anything recursive sees it.

import type { FastifyInstance } from 'fastify';
import { BODY_MAX_BYTES, JSON_DEPTH_MAX } from '../../shared/protocol/limits.ts';
import { RequestRefused } from '../db/request-refused.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Makes JSON the only body that any route accepts. */
export function readOnlyJson(app: FastifyInstance): void {
  const parsePrototypeSafe = app.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    done(encoding === undefined || encoding === 'identity' ? undefined : compressed());
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_MAX_BYTES },
    (request, body: Buffer, done) => {
      let text: string;
      try {
        text = utf8.decode(body);
      } catch {
        done(badJson('The text of the request is not valid UTF-8.'));
        return;
      }
      if (isDeeperThan(text, JSON_DEPTH_MAX)) done(tooDeep());
      // An error of the parser is shown as our own: its message may quote the body.
      else {
        void parsePrototypeSafe(request, text, (error, value) =>
          error
            ? done(badJson('The text of the request is not JSON, or has a forbidden key.'))
            : done(null, value),
        );
      }
    },
  );
}

/** Do brackets outside of strings nest deeper than `levels`? One pass, no recursion, any text. */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (OPENING.has(code)) {
      depth += 1;
      if (depth > levels) return true;
    } else if (CLOSING.has(code)) depth -= 1;
  }
  return false;
}

const compressed = (): RequestRefused =>
  new RequestRefused({
    status: 415,
    code: 'body-compressed',
    detail: 'Compressed requests are not read. Nothing was changed. Send the text as it is.',
  });

const tooDeep = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'json-too-deep',
    detail: `The request nests deeper than ${JSON_DEPTH_MAX} levels. Nothing was changed.`,
  });

const badJson = (why: string): RequestRefused =>
  new RequestRefused({ status: 400, code: 'bad-json', detail: `${why} Nothing was changed.` });
