// The camera of a browser with the whole chain of decoders behind it. Loaded when a camera is first asked for; the app's
// composition passes the worker, because only the build knows its address.

import { createBasicDecoder } from './basic-decoder.ts';
import { createCodeCamera } from './camera-scanner.ts';
import { createDecoderChain, type DecoderChain } from './decoder-chain.ts';
import { createNativeDecoder, type NativeDetectorClass } from './native-decoder.ts';
import { createWorkerDecoder } from './worker-decoder.ts';
import type { CodeCamera } from '../ports.ts';

export type BrowserCameraGiven = { readonly makeDecoderWorker: () => Worker };

/** The chain as this browser has it. */
export function browserDecoderChain({ makeDecoderWorker }: BrowserCameraGiven): DecoderChain {
  // lib.dom does not know the Barcode Detection API; it is asked for its formats before it is believed.
  const { BarcodeDetector } = globalThis as unknown as { readonly BarcodeDetector?: NativeDetectorClass };
  return createDecoderChain([
    () => createNativeDecoder(BarcodeDetector),
    () => Promise.resolve(createWorkerDecoder(makeDecoderWorker)),
    () => Promise.resolve(createBasicDecoder(document)),
  ]);
}

export function createBrowserCamera(given: BrowserCameraGiven): CodeCamera {
  // Old browsers and pages without https have no `mediaDevices`, whatever the types say.
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  return createCodeCamera({
    mediaDevices,
    makeChain: () => browserDecoderChain(given),
    createImageBitmap: window.createImageBitmap.bind(window),
    now: () => performance.now(),
  });
}
