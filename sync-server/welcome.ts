// What a person reads after the start: where the till is, how to enrol it, who may sign on, where the data is.

import { DEMO_OPERATORS } from './demo/operators.ts';
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
    ...(server.modules.isShopOpen ? [`  Shop           ${here}/shop/`] : []),
    ...network.map((address) => `  In the network ${address}/pos/`),
  ];
  if (network.length > 0 && settings.tls === null) {
    lines.push(
      '                 Other devices need HTTPS to work offline: set TLS_CERT and TLS_KEY, or use a proxy that has them.',
    );
  }
  const code = await server.modules.newDemoCode();
  if (code !== null) lines.push('', ...demoLines(code, server.modules.demoStoreId));
  lines.push('', `  Data           ${dataPlace(settings)}`, '  Stop           Ctrl-C', '');
  return lines.join('\n');
}

function demoLines(code: string, storeId: string | null): readonly string[] {
  const operators = DEMO_OPERATORS.filter((operator) => operator.storeId === storeId);
  return [
    `  Enrolment code ${code.slice(0, 4)}-${code.slice(4)} (once, within 10 minutes), or tap "Use the demo store"`,
    ...operators.map(
      ({ number, name, roleName, pin }, index) =>
        `${index === 0 ? '  Operators     ' : '                '} ${number} ${name}, ${roleName}: PIN ${pin}`,
    ),
  ];
}

function dataPlace({ databaseUrl, dataFolder }: Settings): string {
  return databaseUrl === null
    ? dataFolder
    : `the database of DATABASE_URL; keys and snapshots in ${dataFolder}`;
}
