// The product's decoders and its rule of which reads count, as a browser runs them: a photo is shown to them as a camera would
// show a scene that stands still, picture after picture, until a code counts or enough pictures were seen.

// The build makes the default export of a `?worker&url` import; the lint rule looks into the file instead.
// oxlint-disable-next-line import/default
import workerUrl from '../../../shared/devices/camera/zxing.worker.ts?worker&url';
import { browserDecoderChain } from '../../../shared/devices/camera/browser-camera.ts';
import { effortOf } from '../../../shared/devices/camera/decoded-code.ts';
import { judgeReads, NOTHING_SEEN } from '../../../shared/devices/camera/judge-reads.ts';

const WIDTH_MAX = 1280;
const HEIGHT_MAX = 720;
const PICTURES_MAX = 6;
const PICTURE_EVERY_MS = 100;

export type PhotoRead = {
  readonly decoder: string | null;
  /** The code that counted, or null. */
  readonly code: { readonly text: string; readonly format: string } | null;
  /** Time of each picture from hand-over to answer, and how much of it the page itself was busy. */
  readonly pictureMs: readonly number[];
  readonly pageMs: readonly number[];
};
export type ReadPhoto = (address: string) => Promise<PhotoRead>;

const chain = browserDecoderChain({ makeDecoderWorker: () => new Worker(workerUrl, { type: 'module' }) });

const readPhoto: ReadPhoto = async (address) => {
  const answer = await fetch(address);
  const photo = await createImageBitmap(await answer.blob());
  const scale = Math.min(1, WIDTH_MAX / photo.width, HEIGHT_MAX / photo.height);
  const [resizeWidth, resizeHeight] = [photo.width, photo.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  const pictureMs: number[] = [];
  const pageMs: number[] = [];
  let seen = NOTHING_SEEN;
  for (let picture = 0; picture < PICTURES_MAX; picture += 1) {
    const frame = await createImageBitmap(photo, {
      ...(resizeWidth !== undefined && { resizeWidth }),
      ...(resizeHeight !== undefined && { resizeHeight }),
      resizeQuality: 'high',
    });
    const startedAt = performance.now();
    const decoding = chain.decode(frame, effortOf(picture));
    const handedOverAt = performance.now();
    const reads = await decoding;
    const answeredAt = performance.now();
    const judged = judgeReads(seen, reads, picture * PICTURE_EVERY_MS);
    seen = judged.seen;
    pictureMs.push(answeredAt - startedAt);
    pageMs.push(handedOverAt - startedAt + (performance.now() - answeredAt));
    const [code] = judged.counted;
    if (code !== undefined) return { decoder: chain.kind(), code, pictureMs, pageMs };
  }
  return { decoder: chain.kind(), code: null, pictureMs, pageMs };
};

Object.assign(window, { readPhoto });
