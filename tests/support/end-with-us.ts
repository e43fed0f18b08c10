// A program that a test started does not outlive it, however the test ends: also after SIGKILL, a crash of the script or
// an editor that closes its terminal. A shell waits at the end of a pipe that only this process holds; when it is gone
// the system closes the pipe, and the shell ends the program's group.

import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

const WAIT_AND_END = 'read -r _; kill -s "$1" -- "-$2" 2>/dev/null';

/** Watches over a program that leads a group of its own (`detached`); `signal` ends it. Not on Windows. */
export function endWithUs(child: ChildProcess, signal: 'TERM' | 'KILL'): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  const watch = spawn('/bin/sh', ['-c', WAIT_AND_END, 'sh', signal, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Where there is no shell nobody watches; the test itself goes on.
  watch.on('error', () => undefined);
  watch.unref();
  // A pipe to a child is a socket in Node; it must not keep this process alive.
  (watch.stdin as Socket).unref();
  child.once('exit', () => watch.kill('SIGKILL'));
}
