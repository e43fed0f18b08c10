// A driver for each terminal of the setting.

import { StartRefused } from './db/start-refused.ts';
import type { TerminalSetting } from './terminal-settings.ts';
import type { TerminalDriver } from './terminals/terminal-driver.ts';
import { createZvtTerminal } from './terminals/zvt-terminal.ts';

export function openTerminals(settings: readonly TerminalSetting[]): ReadonlyMap<string, TerminalDriver> {
  return new Map(settings.map((setting) => [setting.id, openTerminal(setting)]));
}

function openTerminal(setting: TerminalSetting): TerminalDriver {
  switch (setting.driver) {
    case 'zvt':
      return createZvtTerminal(setting);
    case 'nexo':
      throw new StartRefused('TERMINALS names a nexo terminal: this version speaks ZVT only.');
  }
}
