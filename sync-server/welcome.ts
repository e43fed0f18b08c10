// What a person reads after the start: where the till is, how to enrol it, who may sign on, where the data is.

import type { RunningServer } from './main.ts';
import type { Settings } from './settings.ts';

/** The text for standard output. Codes and PINs of the demo store are shown; those of a real store never. */
export async function welcome(settings: Settings, server: RunningServer): Promise<string> {
  const [here = '', ...network] = server.addresses;
  const lines = [
    '',
    'Tillandsia is open.',
    '',
    `  Till           ${here}/pos/`,
    `  Kiosk          ${here}/kiosk/`,
    ...network.map((address) => `  In the network ${address}/pos/`),
  ];
  if (network.length > 0 && settings.tls === null) {
    lines.push(
      '                 Other devices need HTTPS to work offline: set TLS_CERT and TLS_KEY, or use a proxy that has them.',
    );
  }
  lines.push(
    '',
    `  Data           ${settings.databaseUrl === null ? settings.dataFolder : `the database of DATABASE_URL, keys in ${settings.dataFolder}`}`,
    '  Stop           Ctrl-C',
    '',
  );
  return lines.join('\n');
}
