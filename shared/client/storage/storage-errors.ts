// What a failed write means. Browsers and RxDB wrap the true reason: a full disk arrives as AbortError whose
// inner error says QuotaExceededError, so every layer is looked at.

const LAYERS_MAX = 5;

/** Is there no room left? */
export function isQuotaError(error: unknown): boolean {
  return someLayer(
    error,
    (name, message) => name === 'QuotaExceededError' || /quota|disk is full/i.test(message),
  );
}

/** Is the database gone or closed under us (cleared storage, damaged files)? */
export function isStoreLost(error: unknown): boolean {
  return someLayer(error, (name) =>
    ['DatabaseClosedError', 'InvalidStateError', 'UnknownError', 'NotFoundError', 'OpenFailedError'].includes(
      name,
    ),
  );
}

function someLayer(error: unknown, matches: (name: string, message: string) => boolean): boolean {
  let layer: unknown = error;
  for (let depth = 0; depth < LAYERS_MAX && typeof layer === 'object' && layer !== null; depth += 1) {
    const name = 'name' in layer && typeof layer.name === 'string' ? layer.name : '';
    const message = 'message' in layer && typeof layer.message === 'string' ? layer.message : '';
    if (matches(name, message)) return true;
    layer = 'inner' in layer ? layer.inner : 'cause' in layer ? layer.cause : null;
  }
  return false;
}
