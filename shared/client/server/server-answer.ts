// Turns whatever came back from the network into one of three answers: the server said yes, the server said
// no with a reason, or this was not our server at all (no route, a hang, a captive portal's HTML). Only JSON
// with our content type is ever read as data.

export type ServerAnswer =
  | { readonly kind: 'ok'; readonly body: unknown; readonly serverTime: string | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly detail: string;
      readonly body: unknown;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'unreachable'; readonly why: 'network' | 'timeout' | 'not-our-server' };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a response fully; never throws. */
export async function readAnswer(response: Response): Promise<ServerAnswer> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/(problem\+)?json/.test(type)) return { kind: 'unreachable', why: 'not-our-server' };
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    return { kind: 'unreachable', why: 'not-our-server' };
  }
  if (response.ok) {
    const serverTime = isRecord(body) && typeof body['serverTime'] === 'string' ? body['serverTime'] : null;
    return { kind: 'ok', body, serverTime };
  }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    kind: 'refused',
    status: response.status,
    code: isRecord(body) && typeof body['code'] === 'string' ? body['code'] : 'unknown',
    detail: isRecord(body) && typeof body['detail'] === 'string' ? body['detail'] : '',
    body,
    retryAfterMs: Number.isFinite(seconds) ? Math.min(600_000, Math.max(0, seconds * 1000)) : null,
  };
}
