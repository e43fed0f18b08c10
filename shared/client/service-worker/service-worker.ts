// Keeps the whole app on the device, so that a till starts with no network at all. It serves only files of this
// build (precache) and the pictures of items it has seen, and answers every page address below the scope with the
// app; it never touches /api.
// A new version waits until the app says so: the app asks only when nothing would be hurt by a reload.

import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
};

/** The one message a page may send: change over to the version that waits. */
type UpdateMessage = { readonly type: 'SKIP_WAITING' };

const PICTURES = 'pictures';
const PICTURES_MAX = 600;

const isUpdateMessage = (value: unknown): value is UpdateMessage =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'SKIP_WAITING';

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

self.addEventListener('message', (event) => {
  if (isUpdateMessage(event.data)) event.waitUntil(self.skipWaiting());
});
// Pictures of items never change below one address, so the first answer is kept; the oldest go when there are many.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/media/'),
  ({ request, event }) => pictureOf(request, event),
);

async function pictureOf(request: Request, event: ExtendableEvent): Promise<Response> {
  const pictures = await caches.open(PICTURES);
  const kept = await pictures.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) event.waitUntil(keepPicture(pictures, request, answer.clone()));
  return answer;
}

// A full disk must never cost a sale for the sake of a picture: what cannot be kept is fetched again.
async function keepPicture(pictures: Cache, request: Request, answer: Response): Promise<void> {
  try {
    await pictures.put(request, answer);
    const keys = await pictures.keys();
    const surplus = keys.slice(0, Math.max(0, keys.length - PICTURES_MAX));
    await Promise.all(surplus.map((key) => pictures.delete(key)));
  } catch {
    await caches.delete(PICTURES);
  }
}

// The first install takes the page that installed it under its care at once: a cut a second later does no harm.
clientsClaim();
