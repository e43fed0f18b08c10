// A real till in Node at a real server, with a cable of its own that can be cut, enrolled and signed on.

import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from '../../shared/client/headless.ts';
import type { SyncServer } from './a-sync-server.ts';
import { anOperator, verifyPlainPin } from './a-shop.ts';
import { untilWithin } from './until.ts';

const until = untilWithin(60_000);

/** Waits for staff, settings and what `isReady` asks besides; the till joins `running`, which the caller closes. */
export async function aCabledTill(
  server: SyncServer,
  running: RunningWorkstation[],
  isReady: (till: RunningWorkstation) => boolean,
): Promise<{ readonly till: RunningWorkstation; readonly cable: { isCut: boolean } }> {
  const cable = { isCut: false };
  const till = createHeadlessWorkstation({
    serverUrl: server.url.replace(/\/api\/v1$/, ''),
    device: createHeadlessDevice(),
    replace: {
      fetch: (input, init) =>
        cable.isCut ? Promise.reject(new TypeError('the cable is cut')) : globalThis.fetch(input, init),
      verifyPin: verifyPlainPin,
    },
  });
  running.push(till);
  await till.started;
  const enrolled = await till.enrol({ code: await server.code(), name: 'Till' });
  if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.reason}`);
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => isReady(till), 'what the test needs at the till');
  const signedOn = await till.signOn(anOperator().id, '1234');
  if (!signedOn.ok) throw new Error(`not signed on: ${signedOn.reason}`);
  return { till, cable };
}
