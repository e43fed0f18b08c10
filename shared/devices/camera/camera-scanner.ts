// The camera as a scanner: it asks for the camera, shows it in the caller's video, cuts the middle out of each picture, has it
// decoded away from the page, and tells each code that counts. Pictures that come while one is decoded are left out, so it
// never falls behind. It stops when it is told to, when the camera goes away, and when nothing was read for a while.

import { BrowserCodeReader } from '@zxing/browser';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { CameraRefusal, CameraSession, CodeCamera, OpenCamera } from '../ports.ts';
import { effortOf } from './decoded-code.ts';
import type { DecoderChain } from './decoder-chain.ts';
import { judgeReads, NOTHING_SEEN, scannedText } from './judge-reads.ts';

/** Ten pictures a second at most. */
const PICTURE_EVERY_MS = 100;
/** Share of width and height of the picture that is looked at, around its middle. */
const LOOKED_AT = { width: 0.9, height: 0.7 };
const IDLE_MS = 90_000;

export type CameraGiven = {
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  readonly makeChain: () => DecoderChain;
  readonly createImageBitmap: typeof createImageBitmap;
  readonly now: () => number;
};

export function createCodeCamera(given: CameraGiven): CodeCamera {
  return {
    async open(video, asked) {
      const stream = await askForCamera(given, asked.deviceId);
      if (!stream.ok) return stream;
      const [track] = stream.value.getVideoTracks();
      if (track === undefined) return refuse('camera-missing');
      video.srcObject = stream.value;
      const isPlaying = await BrowserCodeReader.tryPlayVideo(video).catch(() => false);
      const session = startSession({ given, asked, video, stream: stream.value, track });
      if (!isPlaying && video.paused) {
        session.stop();
        return refuse('camera-failed');
      }
      return accept(session);
    },
    async devices() {
      const found = await BrowserCodeReader.listVideoInputDevices().catch(() => []);
      return found.map(({ deviceId, label }) => ({ id: deviceId, label }));
    },
  };
}

async function askForCamera(
  { mediaDevices }: CameraGiven,
  deviceId: string | undefined,
): Promise<Outcome<MediaStream, CameraRefusal>> {
  // Without https a browser has no cameras at all.
  if (mediaDevices === undefined) return refuse('camera-missing');
  const which =
    deviceId === undefined ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: deviceId } };
  try {
    const video = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } };
    return accept(await mediaDevices.getUserMedia({ video, audio: false }));
  } catch (problem) {
    return refuse(whyNoCamera(problem instanceof Error ? problem.name : ''));
  }
}

function whyNoCamera(name: string): CameraRefusal {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera-not-allowed';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'camera-missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera-busy';
    default:
      return 'camera-failed';
  }
}

type Running = {
  readonly given: CameraGiven;
  readonly asked: OpenCamera;
  readonly video: HTMLVideoElement;
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
};

function startSession({ given, asked, video, stream, track }: Running): CameraSession {
  const chain = given.makeChain();
  let isStopped = false;
  let pictureNumber = 0;
  let seen = NOTHING_SEEN;
  let lastReadAt = given.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    chain.close();
    for (const each of stream.getTracks()) each.stop();
    BrowserCodeReader.cleanVideoSource(video);
  };
  const end = (reason: 'unplugged' | 'idle' | 'no-decoder'): void => {
    if (isStopped) return;
    stop();
    asked.onStop(reason);
  };
  const look = async (): Promise<void> => {
    const picture = await middleOf(video, given.createImageBitmap);
    if (picture === null || isStopped) return;
    const atMs = given.now();
    const reads = await chain.decode(picture, effortOf(pictureNumber));
    pictureNumber += 1;
    if (isStopped) return;
    const judged = judgeReads(seen, reads, atMs);
    seen = judged.seen;
    if (reads.length > 0) lastReadAt = atMs;
    for (const read of judged.counted) {
      const { symbology } = read;
      asked.onScan({
        code: scannedText(read),
        source: 'camera',
        atMs,
        ...(symbology === null ? {} : { symbology }),
      });
    }
    if (given.now() - lastReadAt > IDLE_MS) end('idle');
  };
  const again = async (): Promise<void> => {
    const startedAt = given.now();
    await look().catch(() => end('no-decoder'));
    if (isStopped) return;
    timer = setTimeout(() => void again(), Math.max(0, PICTURE_EVERY_MS - (given.now() - startedAt)));
  };
  track.addEventListener('ended', () => end('unplugged'));
  void again();
  return {
    hasTorch: BrowserCodeReader.mediaStreamIsTorchCompatibleTrack(track),
    setTorch: (isOn) =>
      BrowserCodeReader.mediaStreamSetTorch(track, isOn).then(
        () => true,
        () => false,
      ),
    deviceId: track.getSettings().deviceId ?? null,
    decoder: () => chain.kind(),
    stop,
  };
}

/** The middle of what the camera sees, in its own resolution; null while there is no picture. */
async function middleOf(video: HTMLVideoElement, cut: typeof createImageBitmap): Promise<ImageBitmap | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0 || video.readyState < video.HAVE_CURRENT_DATA) return null;
  const width = Math.round(videoWidth * LOOKED_AT.width);
  const height = Math.round(videoHeight * LOOKED_AT.height);
  const left = Math.round((videoWidth - width) / 2);
  return cut(video, left, Math.round((videoHeight - height) / 2), width, height);
}
