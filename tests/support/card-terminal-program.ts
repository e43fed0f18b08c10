// A card terminal with a program: it does what its steps say, one after the other, or what a seed says. Its memory is a map,
// so that a test can start a till again beside the same terminal.

import { SIMULATED_STEPS, type CardTerminal, type SimulatedStep } from '../../shared/devices/ports.ts';
import { createSimulatedCardTerminal } from '../../shared/devices/simulated-card-terminal.ts';
import { seededRandom } from './seeded-random.ts';

export type ProgrammedTerminal = CardTerminal & {
  /** Steps that were done. */
  readonly done: SimulatedStep[];
};

export type Program = readonly SimulatedStep[] | { readonly seed: number };

/** After its last step a program of steps goes on approving. */
export function createProgrammedTerminal(
  program: Program,
  given: { readonly wait?: (milliseconds: number) => Promise<void> } = {},
): ProgrammedTerminal {
  const kept = new Map<string, string>();
  const done: SimulatedStep[] = [];
  const random = 'seed' in program ? seededRandom(program.seed) : null;
  const stepOf = (): SimulatedStep => {
    if (!('seed' in program)) return program[done.length] ?? 'approve';
    return random?.pick(SIMULATED_STEPS) ?? 'approve';
  };
  const terminal = createSimulatedCardTerminal({
    id: 'programmed',
    nextStep() {
      const step = stepOf();
      done.push(step);
      return step;
    },
    memory: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    wait: given.wait ?? (() => Promise.resolve()),
  });
  return { ...terminal, done };
}
