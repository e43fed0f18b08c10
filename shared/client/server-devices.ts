// Devices that a workstation reaches through its server (a part of runtime.ts).

import type { TerminalLink } from '../devices/ports.ts';
import type { PaperCommands } from './paper-commands.ts';
import type { PrintCommands } from './print-commands.ts';

export type ServerDevices = PrintCommands &
  PaperCommands & {
    /** Carries questions to the card terminals that the server speaks with. */
    readonly askTerminalServer: TerminalLink;
  };
