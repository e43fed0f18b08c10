// Registers the service worker and knows when a new version waits. It changes over only when the person says so,
// and the offer is made only while nothing would be hurt by a reload (see `isSafeToUpdate`).

import { signal, type ReadonlySignal } from '@preact/signals';

export type AppUpdate = { readonly isWaiting: ReadonlySignal<boolean>; readonly apply: () => void };

const CHECK_EVERY_MS = 30 * 60_000;

/** Registers the worker of the app below `base`; `trusted` makes its address one that the page may run. */
export function watchForUpdate(base: string, trusted: (address: string) => string): AppUpdate {
  const isWaiting = signal(false);
  let apply = (): void => undefined;
  void (async () => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox(trusted(`${base}service-worker.js`), { scope: base });
    workbox.addEventListener('waiting', () => {
      isWaiting.value = true;
    });
    workbox.addEventListener('controlling', (event) => {
      if (event.isUpdate) location.reload();
    });
    const registration = await workbox.register();
    apply = () => {
      const waiting = registration?.waiting;
      // Another window has changed over already; this one only has to follow.
      if (waiting === null || waiting === undefined) return location.reload();
      // A page that was opened before the first worker ran has no controller, so it never hears `controlling`.
      waiting.addEventListener('statechange', () => {
        if (waiting.state === 'activated') location.reload();
      });
      workbox.messageSkipWaiting();
    };
    // A till stays open for weeks; without this it would hear of a new version only when reopened.
    setInterval(() => void workbox.update().catch(() => undefined), CHECK_EVERY_MS);
  })().catch((error: unknown) => {
    // Without its service worker the app runs and sells; it only cannot start without the server.
    console.warn('service-worker-not-registered', error);
  });
  return { isWaiting, apply: () => apply() };
}
