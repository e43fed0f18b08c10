// A printer while it is being set up. A new one begins as what most are: 80 mm paper, a knife that leaves a bridge, the drawer
// on the first connector.

import {
  PAPER_COLUMNS,
  type PrinterConnection,
  type PrinterSetup,
} from '../../../shared/devices/device-ports.ts';

export type PrinterDraft = Omit<PrinterSetup, 'id' | 'connection'> & {
  readonly kind: PrinterConnection['kind'] | null;
  readonly connection: PrinterConnection | null;
  readonly baudRate: number;
};

const USUAL_BAUD_RATE = 115_200;

export function draftOf(before: PrinterSetup | null): PrinterDraft {
  if (before === null) {
    return {
      kind: null,
      connection: null,
      baudRate: USUAL_BAUD_RATE,
      name: '',
      columns: PAPER_COLUMNS[0],
      profile: '',
      cut: 'partial',
      drawerPin: 0,
      insteadId: null,
    };
  }
  const { connection } = before;
  return {
    ...before,
    kind: connection.kind,
    baudRate: connection.kind === 'serial' ? connection.baudRate : USUAL_BAUD_RATE,
  };
}

/** The printer as it will be kept, or null while it is not known which one it is. A network printer keeps the store's id. */
export function draftToSetup(draft: PrinterDraft, ownId: string): PrinterSetup | null {
  const { kind, connection, baudRate, ...rest } = draft;
  if (connection === null || connection.kind !== kind) return null;
  const name = draft.name.trim();
  return {
    id: connection.kind === 'network' ? connection.printerId : ownId,
    name: name === '' ? connection.kind : name,
    connection: connection.kind === 'serial' ? { ...connection, baudRate } : connection,
    columns: rest.columns,
    profile: rest.profile,
    cut: rest.cut,
    drawerPin: rest.drawerPin,
    insteadId: rest.insteadId,
  };
}
