// Keeps the whole app on the device, so that a till starts with no network at all. It serves only files of this
// build (precache) and answers every page address below the scope with the app; it never touches /api.
// A new version waits until the app says so: the app asks only when nothing would be hurt by a reload.

import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
};

/** The one message a page may send: change over to the version that waits. */
type UpdateMessage = { readonly type: 'SKIP_WAITING' };

const isUpdateMessage = (value: unknown): value is UpdateMessage =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'SKIP_WAITING';

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

self.addEventListener('message', (event) => {
  if (isUpdateMessage(event.data)) event.waitUntil(self.skipWaiting());
});
// The first install takes the page that installed it under its care at once: a cut a second later does no harm.
clientsClaim();
