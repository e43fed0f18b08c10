// The only Trusted Types policy of the apps, named `tillandsia` in the content security policy. It lets through
// addresses of this origin and nothing else, so that a worker can only ever be a file that we have built.

/** What the DOM accepts as the address of a script: a TrustedScriptURL where the browser has them. */
export type ScriptUrl = string;

type Policy = { createScriptURL(address: string): unknown };
type Factory = {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy;
};

function sameOriginOnly(address: string): string {
  const url = new URL(address, self.location.href);
  if (url.origin !== self.location.origin) throw new TypeError(`A script from ${url.origin} is not ours.`);
  return url.href;
}

function createPolicy(): Policy {
  // lib.dom does not know Trusted Types yet; Chromium and Safari 26 have `self.trustedTypes`.
  const factory = (self as unknown as { readonly trustedTypes?: Factory }).trustedTypes;
  const rules = { createScriptURL: sameOriginOnly };
  return factory?.createPolicy('tillandsia', rules) ?? rules;
}

// A policy of one name can be made once per realm only.
let policy: Policy | undefined;

/** The address to hand to `new Worker(…)` or to a service worker registration. Throws for another origin. */
export function trustedScriptUrl(address: string): ScriptUrl {
  policy ??= createPolicy();
  // The object is a TrustedScriptURL; the DOM's types ask for a string and the browser takes either.
  return policy.createScriptURL(address) as ScriptUrl;
}
