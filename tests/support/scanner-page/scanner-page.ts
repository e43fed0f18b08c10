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
/** A scene is held before the camera for as long as it takes to look at it twice in each way. */
const PICTURES_MAX = 9;
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

/** A camera sees no transparency: what is drawn on nothing lies on white paper. */
async function onPaper(photo: ImageBitmap): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(photo.width, photo.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no picture can be drawn');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, photo.width, photo.height);
  context.drawImage(photo, 0, 0);
  return createImageBitmap(canvas);
}

const readPhoto: ReadPhoto = async (address) => {
  const answer = await fetch(address);
  const photo = await onPaper(await createImageBitmap(await answer.blob()));
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
