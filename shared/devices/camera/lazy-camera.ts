// A camera whose code is fetched when somebody first asks for it: most tills scan with a scanner and never need it.

import type { CodeCamera } from '../ports.ts';
import { refuse } from '../../domain/refusal.ts';

export function createLazyCamera(load: () => Promise<CodeCamera>): CodeCamera {
  let loading: Promise<CodeCamera> | null = null;
  const loaded = (): Promise<CodeCamera> => {
    loading ??= load().catch((problem: unknown) => {
      // The next try asks for it again.
      loading = null;
      throw problem;
    });
    return loading;
  };
  return {
    async open(video, asked) {
      const camera = await loaded().catch(() => null);
      return camera === null ? refuse('camera-failed') : camera.open(video, asked);
    },
    async devices() {
      const camera = await loaded().catch(() => null);
      return camera === null ? [] : camera.devices();
    },
  };
}
