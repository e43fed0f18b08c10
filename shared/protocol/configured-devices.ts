// Devices that the server may reach, as they stand in the settings of a store: by name, never by address.

import { Integer, Literal, Object, Optional, Union } from 'typebox';
import type { ConfiguredPrinter, ConfiguredTerminal } from '../domain/store.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

export const configuredTerminal = describes<ConfiguredTerminal>()(
  Object({ id: bound.plainId, name: bound.name, driver: Union([Literal('zvt'), Literal('nexo')]) }, closed),
);

export const configuredPrinter = describes<ConfiguredPrinter>()(
  Object(
    {
      id: bound.printerId,
      name: bound.name,
      columns: Integer({ minimum: 16, maximum: 255 }),
      profile: Optional(bound.code),
      zplDpi: Optional(Union([Literal(203), Literal(300)])),
    },
    closed,
  ),
);
