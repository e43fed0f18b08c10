// A refusal is a value: the rule said no, and the caller must show why. A bug throws instead.

export type Refusal<Reason extends string = string> = {
  readonly ok: false;
  readonly reason: Reason;
  readonly details: Readonly<Record<string, string | number | boolean>>;
};

export type Accepted<Value> = { readonly ok: true; readonly value: Value };

export type Outcome<Value, Reason extends string = string> = Accepted<Value> | Refusal<Reason>;

/** Wraps a value that a rule has let through. */
export function accept<Value>(value: Value): Accepted<Value> {
  return { ok: true, value };
}

/** Says no, with a kebab-case reason that has a sentence in every message file (`refusal.<reason>`). */
export function refuse<Reason extends string>(
  reason: Reason,
  details: Refusal['details'] = {},
): Refusal<Reason> {
  return { ok: false, reason, details };
}
