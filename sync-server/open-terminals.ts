// A driver for each terminal of the setting.

import type { TerminalSetting } from './terminal-settings.ts';
import { createNexoTerminal } from './terminals/nexo-terminal.ts';
import type { TerminalDriver } from './terminals/terminal-driver.ts';
import { createZvtTerminal } from './terminals/zvt-terminal.ts';

export function openTerminals(
  settings: readonly TerminalSetting[],
  now: () => number,
): ReadonlyMap<string, TerminalDriver> {
  return new Map(settings.map((setting) => [setting.id, openTerminal(setting, now)]));
}

function openTerminal(setting: TerminalSetting, now: () => number): TerminalDriver {
  switch (setting.driver) {
    case 'zvt':
      return createZvtTerminal(setting);
    case 'nexo':
      return createNexoTerminal(setting, { now });
  }
}
