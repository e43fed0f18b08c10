// Why a request is not served, as a problem document (RFC 9457) with a stable code and a sentence for people:
// what happened, what is safe, what to do. Routes throw it; the error handler of http writes it.

export type RefusedOptions = {
  readonly status: number;
  /** Kebab-case and stable: programs decide by it. */
  readonly code: string;
  /** A sentence; no stack, no names, no tokens. */
  readonly detail: string;
  /** Seconds until another try makes sense (429 and 503). */
  readonly retryAfterSeconds?: number;
  /** Further members of the problem document. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  /** Fastify reads this name. */
  readonly statusCode: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterSeconds: number | null;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(options: RefusedOptions) {
    super(options.code);
    this.statusCode = options.status;
    this.code = options.code;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.extra = options.extra ?? {};
  }
}

/** The problem document of a refusal. */
export function problemOf(refused: RequestRefused): Readonly<Record<string, unknown>> {
  return {
    type: `urn:tillandsia:problem:${refused.code}`,
    title: refused.code.replaceAll('-', ' '),
    status: refused.statusCode,
    code: refused.code,
    detail: refused.detail,
    ...refused.extra,
  };
}

/** The refusal of somebody who asks too often. */
export function tooOften(waitMs: number): RequestRefused {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new RequestRefused({
    status: 429,
    code: 'too-many-requests',
    detail: `Too many requests came from here. Nothing is lost. Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  });
}
