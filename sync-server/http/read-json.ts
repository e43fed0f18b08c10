// Reads request bodies: JSON in UTF-8 and nothing else, at most 1 MB, at most 12 levels deep, never compressed
// (a small bomb unpacks into a large one), and without keys that reach into prototypes. Depth is counted on the
// bytes, before anything recursive sees it.

import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { BODY_MAX_BYTES, JSON_DEPTH_MAX } from '../../shared/protocol/limits.ts';
import { RequestRefused } from '../db/request-refused.ts';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Makes JSON the only body that any route accepts. */
export function readOnlyJson(app: FastifyInstance): void {
  const parsePrototypeSafe = app.getDefaultJsonParser('error', 'error');
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    done(encoding === undefined || encoding === 'identity' ? undefined : compressed());
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_MAX_BYTES },
    (request, body: Buffer, done) => {
      if (!isUtf8(body)) {
        done(badJson('The text of the request is not valid UTF-8.'));
        return;
      }
      if (isDeeperThan(body, JSON_DEPTH_MAX)) done(tooDeep());
      // An error of the parser is shown as our own: its message may quote the body.
      else {
        void parsePrototypeSafe(request, textOf(body), (error, value) =>
          error
            ? done(badJson('The text of the request is not JSON, or has a forbidden key.'))
            : done(null, value),
        );
      }
    },
  );
}

const textOf = (body: Buffer): string =>
  body.toString('utf8', hasByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0);

const hasByteOrderMark = (body: Buffer): boolean =>
  body.length >= BYTE_ORDER_MARK.length && BYTE_ORDER_MARK.every((byte, at) => body[at] === byte);

/**
 * Do brackets outside of strings nest deeper than `levels`? One pass over UTF-8, no recursion, any bytes: those of
 * characters beyond ASCII are never taken for brackets or quotes.
 */
export function isDeeperThan(text: Uint8Array, levels: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text[at] ?? 0;
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if ((code | BRACE_BIT) === OPENING) {
      depth += 1;
      if (depth > levels) return true;
    } else if ((code | BRACE_BIT) === CLOSING) depth -= 1;
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
