// Runs one program to its end and keeps what it wrote. Used by the scripts that run other scripts, so that a step
// that passes is one line and a step that fails shows everything.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type CommandResult = {
  readonly code: number;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
  readonly durationMs: number;
};

export type CommandOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly cwd?: string;
  /** Show the output while it comes. */
  readonly isShown?: boolean;
};

const TIMEOUT_MS = 45 * 60_000;

/** Resolves when the program has ended, whatever its exit code; a program that overstays is ended with code 124. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd: options.cwd ?? PROJECT_ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const parts: string[] = [];
  const keep = (chunk: Buffer): void => {
    parts.push(chunk.toString('utf8'));
    if (options.isShown === true) process.stdout.write(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    // The negative id ends the whole group: a script's own children do not outlive it.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, options.timeoutMs ?? TIMEOUT_MS);
  const forward = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  process.once('SIGINT', forward);
  process.once('SIGTERM', forward);
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      parts.push(`${program} cannot be started: ${error.message}\n`);
      resolve(127);
    });
    child.once('close', (exitCode) => resolve(isLate ? 124 : (exitCode ?? 1)));
  });
  clearTimeout(timer);
  process.off('SIGINT', forward);
  process.off('SIGTERM', forward);
  if (isLate) parts.push(`${program} ${args.join(' ')} was ended after its time was up\n`);
  return { code, output: parts.join(''), durationMs: performance.now() - startedAt };
}

/** The program of that name that the project's own packages bring. */
export function ownProgram(name: string): string {
  return `${PROJECT_ROOT}node_modules/.bin/${name}`;
}
