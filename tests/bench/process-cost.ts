// What other processes have cost so far, read from /proc: processor time and memory. Linux only, as CI is.

import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

type ProcessStat = { readonly pid: number; readonly parent: number; readonly cpuMs: number };

/** Processor milliseconds of these processes and all that they have started and that still run, each counted once. */
export function cpuMsOf(...roots: readonly number[]): number {
  const all = allProcesses();
  const counted = new Map<number, number>();
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const current = all.find((process) => process.pid === pid);
    if (current === undefined || counted.has(pid)) continue;
    counted.set(pid, current.cpuMs);
    waiting.push(...all.filter((process) => process.parent === current.pid).map((process) => process.pid));
  }
  return [...counted.values()].reduce((sum, cpuMs) => sum + cpuMs, 0);
}

/** Resident memory of one process, in kilobytes. */
export function residentKilobytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
}

function allProcesses(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        // Fields 4 (parent), 14 and 15 (user and system ticks) of proc(5), counted from the third.
        const ticks = Number(fields[11]) + Number(fields[12]);
        return [{ pid: Number(name), parent: Number(fields[1]), cpuMs: (ticks * 1000) / TICKS_PER_SECOND }];
      } catch {
        // The process has ended between the listing and the look.
        return [];
      }
    });
}
