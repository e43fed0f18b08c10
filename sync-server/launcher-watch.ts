// `npm start` runs the server below a shell, and a shell that is ended with SIGTERM does not tell its children. The
// server therefore looks whether the chain of processes up to npm still stands, and stops in order when it breaks;
// otherwise stopping npm would leave a server behind that nobody sees.
//
//   npm ─► sh ─► tsx ─► this process       only on Linux, and only when npm started us

import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;
const CHAIN_MAX = 8;

type Link = { readonly pid: number; readonly parent: number };

/** Calls `onGone` once when a process between npm and us has ended. Does nothing when npm did not start us. */
export function watchLauncher(onGone: () => void): void {
  const chain = process.env['npm_lifecycle_event'] === undefined ? [] : chainToNpm();
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our own link first, the child of npm last; empty when there is no npm above us. */
function chainToNpm(): readonly Link[] {
  const chain: Link[] = [];
  let pid = process.pid;
  while (chain.length < CHAIN_MAX) {
    const parent = parentOf(pid);
    if (parent === null || parent <= 1) return [];
    chain.push({ pid, parent });
    if (isNpm(parent)) return chain;
    pid = parent;
  }
  return [];
}

function parentOf(pid: number): number | null {
  try {
    // "1234 (name with (brackets)) S 1200 …": the parent is the second field after the name.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[1]);
  } catch {
    return null;
  }
}

function isNpm(pid: number): boolean {
  try {
    return /^npm\b|\bnpm(?:-cli\.js)?\0/u.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}
