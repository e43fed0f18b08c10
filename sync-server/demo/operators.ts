// Who may sign on in the demo shops. The PINs are no secret: the server prints them at every start of a demo
// store. Verifiers are Argon2id with the smallest parameters that OWASP names, which a tablet checks in well
// under 300 ms.

import { argon2id } from 'hash-wasm';
import { asOperatorId, type StoreId } from '../../shared/domain/ids.ts';
import {
  PERMISSIONS,
  type Operator,
  type OperatorLimits,
  type Permission,
} from '../../shared/domain/operator.ts';
import { BERLIN, HAMBURG } from './stores.ts';

export type DemoOperator = {
  readonly storeId: StoreId;
  readonly pin: string;
  readonly number: number;
  readonly name: string;
  readonly roleName: Operator['roleName'];
};

const PIN_OF = { cashier: '1234', supervisor: '2345', manager: '3456', 'call-centre': '4567' } as const;

/** The operators with their PINs, as they are listed when the server starts. */
export const DEMO_OPERATORS: readonly DemoOperator[] = [
  operator(BERLIN, 11, 'Anna Kowalska', 'cashier'),
  operator(BERLIN, 12, 'Reza Karimi', 'supervisor'),
  operator(BERLIN, 13, 'Elena Sokolova', 'manager'),
  operator(BERLIN, 14, 'Nadia Haddad', 'call-centre'),
  operator(HAMBURG, 21, 'Marek Nowicki', 'cashier'),
  operator(HAMBURG, 22, 'Leila Haddad', 'supervisor'),
  operator(HAMBURG, 23, 'Sara Ahmadi', 'manager'),
];

const CASHIER: readonly Permission[] = ['sell', 'return-goods', 'reprint-receipt'];
const SUPERVISOR: readonly Permission[] = [
  ...CASHIER,
  'void-transaction',
  'override-price',
  'give-discount',
  'exempt-tax',
  'open-drawer',
  'close-till',
  'decide-card',
  'train',
  'decide-attention',
  'approve',
];

const CALL_CENTRE: readonly Permission[] = ['take-calls'];

/** A supervisor may go so far alone; beyond it a manager agrees. */
const SUPERVISOR_LIMITS: OperatorLimits = {
  maxDiscountPpm: 200_000,
  maxRefundMinor: 200_00,
  maxPaidOutMinor: 100_00,
};

// OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
const ARGON2ID = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

/** The operator as workstations know it, with the verifier of the PIN. `salt` has 16 bytes. */
export async function operatorDocument(demo: DemoOperator, salt: Uint8Array): Promise<Operator> {
  const pinVerifier = await argon2id({ ...ARGON2ID, password: demo.pin, salt, outputType: 'encoded' });
  const { number, name, roleName } = demo;
  return {
    id: asOperatorId(`op-${number}`),
    number,
    name,
    roleName,
    permissions: {
      cashier: CASHIER,
      supervisor: SUPERVISOR,
      manager: PERMISSIONS,
      'call-centre': CALL_CENTRE,
    }[roleName],
    pinVerifier,
    isActive: true,
    ...(roleName === 'supervisor' ? { limits: SUPERVISOR_LIMITS } : {}),
  };
}

function operator(
  storeId: StoreId,
  number: number,
  name: string,
  roleName: Operator['roleName'],
): DemoOperator {
  return { storeId, number, name, roleName, pin: PIN_OF[roleName] };
}
