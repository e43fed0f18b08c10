import { describe, expect, it } from 'vitest';
import type { DecodedCode, Decoder, DecoderKind } from './decoded-code.ts';
import { createDecoderChain } from './decoder-chain.ts';
import { createNativeDecoder, type NativeDetectorClass } from './native-decoder.ts';
import { createWorkerDecoder, type DecoderWorker, type WorkerAnswer } from './worker-decoder.ts';

const CODE: DecodedCode = { text: '5901234123457', format: 'EAN13', symbology: null, isGs1: false };

function picture(): ImageBitmap & { isClosed: boolean } {
  const made = { width: 1, height: 1, isClosed: false, close: () => void (made.isClosed = true) };
  return made;
}

function decoder(kind: DecoderKind, decode: Decoder['decode']): () => Promise<Decoder> {
  return () => Promise.resolve({ kind, decode, close: () => undefined });
}

describe('the chain of decoders', () => {
  it('takes the first that is there', async () => {
    const chain = createDecoderChain([
      () => Promise.resolve(null),
      decoder('wasm', () => Promise.resolve([CODE])),
    ]);
    expect(await chain.decode(picture(), 'quick')).toEqual([CODE]);
    expect(chain.kind()).toBe('wasm');
  });

  it('leaves a decoder that fails and goes on with the next picture', async () => {
    const chain = createDecoderChain([
      decoder('wasm', () => Promise.reject(new Error('out of memory'))),
      decoder('basic', () => Promise.resolve([CODE])),
    ]);
    expect(await chain.decode(picture(), 'quick')).toEqual([]);
    expect(await chain.decode(picture(), 'quick')).toEqual([CODE]);
    expect(chain.kind()).toBe('basic');
  });

  it('says so when none works', async () => {
    const chain = createDecoderChain([() => Promise.reject(new Error('no workers'))]);
    const shown = picture();
    await expect(chain.decode(shown, 'quick')).rejects.toThrow('no decoder');
    expect(shown.isClosed).toBe(true);
  });
});

describe('the decoder of the browser', () => {
  const detectors = (formats: readonly string[]): NativeDetectorClass =>
    class {
      static getSupportedFormats = () => Promise.resolve(formats);
      detect = () => Promise.resolve([{ rawValue: '5901234123457', format: 'ean_13' }]);
    };

  it('is used only where it reads what a shop needs', async () => {
    const all = 'ean_13 ean_8 upc_a upc_e code_128 code_39 itf qr_code data_matrix'.split(' ');
    expect(await createNativeDecoder(undefined)).toBeNull();
    expect(await createNativeDecoder(detectors([]))).toBeNull();
    expect(await createNativeDecoder(detectors(all.slice(1)))).toBeNull();
    const native = await createNativeDecoder(detectors(all));
    expect(await native?.decode(picture(), 'quick')).toEqual([CODE]);
  });
});

describe('the decoder in a worker', () => {
  it('gives each picture its own answer, and fails when the worker does', async () => {
    const asked: { id: number }[] = [];
    const worker: DecoderWorker = {
      postMessage: (message: { id: number }) => void asked.push(message),
      terminate: () => undefined,
      onmessage: null,
      onerror: null,
    };
    const decoding = createWorkerDecoder(() => worker);
    const answer = (data: WorkerAnswer) => {
      const tell = worker.onmessage;
      tell?.call(worker as Worker, new MessageEvent('message', { data }));
    };
    const [first, second] = [decoding.decode(picture(), 'quick'), decoding.decode(picture(), 'thorough')];
    answer({ id: 2, ok: false, problem: 'no memory' });
    answer({ id: 1, ok: true, codes: [CODE] });
    expect(await first).toEqual([CODE]);
    await expect(second).rejects.toThrow('no memory');
    const third = decoding.decode(picture(), 'quick');
    decoding.close();
    await expect(third).rejects.toThrow('closed');
  });
});
