// Reads a pickup token that a customer shows and checks it with the server's key that came with the settings, so it works without a
// network. That it is used only once, this workstation knows of itself; a second use elsewhere is found by the server on contact.

import { checkPickupToken, pickupTokenId, readPickupToken } from '../../domain/order/pickup-token.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ServerPublicKey } from '../../domain/store.ts';
import type { ChannelOrderCommands } from '../channel-order-commands.ts';
import type { Parts } from '../parts.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const VERIFYING = { name: 'ECDSA', hash: 'SHA-256' } as const;

export function createReadPickup(parts: Parts): ChannelOrderCommands['readPickup'] {
  return async (text) => {
    const read = readPickupToken(text);
    if (read === null) return refuse('pickup-not-a-token');
    const [settings, identity] = [parts.settings.peek(), parts.identity.peek()];
    if (settings === null || identity === null) return refuse('not-ready');
    const isSignatureRight = await isSigned(parts.given.subtle, settings.serverKeys ?? [], read);
    const { token } = read;
    const known = parts.orders.channels.byId(token.orderId);
    const checked = checkPickupToken(token, {
      isSignatureRight,
      storeNumber: identity.enrolment.storeNumber,
      order: known?.order ?? null,
      isBurnt: parts.orders.channels.isBurnt(pickupTokenId(token)),
      serverTimeAtLeastMs: serverTimeAtLeast(parts),
    });
    if (!checked.ok) return checked;
    return known === null
      ? refuse('pickup-order-unknown', { code: token.code })
      : accept({ channelOrder: known, tokenId: pickupTokenId(token) });
  };
}

/** The server's time when it was last heard. It is later by now; how much, only the device's own clock would say. */
function serverTimeAtLeast({ board }: Parts): number {
  const { lastContactAt, clockDifferenceMs } = board.status.peek();
  return lastContactAt === null || clockDifferenceMs === null
    ? 0
    : Date.parse(lastContactAt) - clockDifferenceMs;
}

async function isSigned(
  subtle: SubtleCrypto,
  keys: readonly ServerPublicKey[],
  { preimage, signature }: { readonly preimage: string; readonly signature: string },
): Promise<boolean> {
  const bytes = fromBase64url(signature);
  for (const { x, y } of keys) {
    const key = await subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, ALGORITHM, false, [
      'verify',
    ]);
    if (await subtle.verify(VERIFYING, key, bytes, new TextEncoder().encode(preimage))) return true;
  }
  return false;
}

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
