// An Adyen terminal in the shop that takes no money: HTTPS under a certificate of its own making, messages under a shared key by
// Adyen's own library, payments, refunds, reversals, aborts, and what it remembers of them by their ServiceID.

import { createRequire } from 'node:module';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type NexoCrypto from '@adyen/api-library/lib/src/security/nexoCrypto.js';
import type { NexoAddress } from '../../sync-server/terminals/nexo-exchange.ts';
import { selfMadeCertificate } from './self-made-certificate.ts';

export const NEXO_STEPS = [
  'approve',
  'decline',
  'approve-less',
  'approve-more',
  /** It takes the money, and the line is cut before it says so. */
  'cut-after-approval',
  /** The line is cut before it has read the question. */
  'cut-before-approval',
  /** It takes the money and says nothing. */
  'hang-after-approval',
  /** Its answer is sealed with another key. */
  'wrong-key',
  /** It waits for a card until somebody aborts. */
  'wait-for-abort',
] as const;
export type NexoStep = (typeof NEXO_STEPS)[number];

type Json = Record<string, unknown>;
type Entry = {
  readonly action: 'payment' | 'refund' | 'reversal';
  readonly amount: number;
  readonly id: string;
};

export type NexoSimulator = {
  readonly address: NexoAddress;
  readonly ledger: readonly Entry[];
  /** Euro cents in the merchant's favour. */
  balance(): number;
  cards(): number;
  program(...steps: readonly NexoStep[]): void;
  close(): Promise<void>;
};

const POI = 'V400m-324688179';

export async function startNexoSimulator(
  given: { readonly cardNumber?: string; readonly certificateName?: string } = {},
): Promise<NexoSimulator> {
  const name = given.certificateName ?? `${POI.toLowerCase()}.test.terminal.adyen.com`;
  const { certificate, key } = selfMadeCertificate(name);
  // The package is CommonJS with its class as `default`, which its own types say.
  const { default: Crypto } = createRequire(import.meta.url)(
    '@adyen/api-library/lib/src/security/nexoCrypto.js',
  ) as { readonly default: typeof NexoCrypto };
  const securityKey = {
    AdyenCryptoVersion: 1,
    KeyIdentifier: 'shop',
    KeyVersion: 1,
    Passphrase: 'a passphrase for tests',
  };
  const ledger: Entry[] = [];
  const remembered = new Map<string, Json>();
  const aborts = new Map<string, () => void>();
  const steps: NexoStep[] = [];
  let [cards, count] = [0, 0];

  const approved = (step: NexoStep, asked: { amount: number; currency: string; isRefund: boolean }): Json => {
    const { amount: wanted, currency, isRefund } = asked;
    const amount =
      step === 'approve-less' ? Math.ceil(wanted / 2) : step === 'approve-more' ? wanted + 100 : wanted;
    count += 1;
    const id = `TX${count}.${100_000 + count}`;
    ledger.push({ action: isRefund ? 'refund' : 'payment', amount, id });
    const slip = ['name=Payment&value=approved', `name=Card&value=${given.cardNumber ?? '1111'}`];
    return {
      PaymentResponse: {
        Response: { Result: 'Success' },
        POIData: { POITransactionID: { TransactionID: id, TimeStamp: '2026-03-02T10:00:00.000Z' } },
        PaymentResult: {
          AmountsResp: { Currency: currency, AuthorizedAmount: amount / 100 },
          PaymentInstrumentData: { CardData: { PaymentBrand: 'mc', MaskedPan: '541333 **** 9999' } },
          PaymentAcquirerData: { ApprovalCode: '123456' },
        },
        PaymentReceipt: [
          {
            DocumentQualifier: 'CustomerReceipt',
            OutputContent: { OutputFormat: 'Text', OutputText: slip.map((Text) => ({ Text })) },
          },
        ],
      },
    };
  };
  const failed = (of: 'Payment' | 'Reversal', ErrorCondition: string): Json => ({
    [`${of}Response`]: { Response: { Result: 'Failure', ErrorCondition } },
  });

  const pay = async (serviceId: string, request: Json, step: NexoStep): Promise<Json> => {
    cards += 1;
    const amounts = (request['PaymentTransaction'] as Json)['AmountsReq'] as Json;
    const kind = (request['PaymentData'] as Json | undefined)?.['PaymentType'];
    if (step === 'decline') return failed('Payment', 'Refusal');
    if (step === 'wait-for-abort') {
      await new Promise<void>((resolve) => aborts.set(serviceId, resolve));
      return failed('Payment', 'Aborted');
    }
    return approved(step, {
      amount: Math.round(Number(amounts['RequestedAmount']) * 100),
      currency: String(amounts['Currency']),
      isRefund: kind === 'Refund',
    });
  };
  const reverse = (request: Json): Json => {
    const original = (request['OriginalPOITransaction'] as Json)['POITransactionID'] as Json;
    const payment = ledger.find(({ id, action }) => action === 'payment' && id === original['TransactionID']);
    if (payment === undefined) return failed('Reversal', 'NotFound');
    ledger.push({ action: 'reversal', amount: payment.amount, id: `R${payment.id}` });
    return {
      ReversalResponse: {
        Response: { Result: 'Success' },
        POIData: {
          POITransactionID: { TransactionID: `R${payment.id}`, TimeStamp: '2026-03-02T10:01:00.000Z' },
        },
      },
    };
  };
  const status = (request: Json): Json => {
    const reference = (request['MessageReference'] as Json)['ServiceID'];
    const known = remembered.get(String(reference));
    return {
      TransactionStatusResponse:
        known === undefined
          ? { Response: { Result: 'Failure', ErrorCondition: 'NotFound' } }
          : {
              Response: { Result: 'Success' },
              RepeatedMessageResponse: { RepeatedResponseMessageBody: known },
            },
    };
  };

  const serve = async (body: string, response: ServerResponse): Promise<void> => {
    const sealed = (JSON.parse(body) as Json)['SaleToPOIRequest'] as Json;
    const text = new Crypto().decrypt(sealed as unknown as Parameters<NexoCrypto['decrypt']>[0], securityKey);
    const request = (JSON.parse(text) as Json)['SaleToPOIRequest'] as Json;
    const header = request['MessageHeader'] as Json;
    const serviceId = String(header['ServiceID']);
    const isMoney = 'PaymentRequest' in request || 'ReversalRequest' in request;
    const step = isMoney ? (steps.shift() ?? 'approve') : 'approve';
    if (step === 'cut-before-approval') return void response.destroy();
    let answer: Json;
    if ('PaymentRequest' in request) answer = await pay(serviceId, request['PaymentRequest'] as Json, step);
    else if ('ReversalRequest' in request) answer = reverse(request['ReversalRequest'] as Json);
    else if ('AbortRequest' in request) {
      const reference = (request['AbortRequest'] as Json)['MessageReference'] as Json;
      aborts.get(String(reference['ServiceID']))?.();
      return void response.end('ok');
    } else answer = status(request['TransactionStatusRequest'] as Json);
    if (isMoney) remembered.set(serviceId, answer);
    if (step === 'cut-after-approval') return void response.destroy();
    if (step === 'hang-after-approval') return;
    const message = JSON.stringify({
      SaleToPOIResponse: { MessageHeader: { ...header, MessageType: 'Response' }, ...answer },
    });
    const sealedAnswer = Crypto.encrypt(
      header as unknown as Parameters<typeof Crypto.encrypt>[0],
      message,
      step === 'wrong-key' ? { ...securityKey, Passphrase: 'somebody else' } : securityKey,
    );
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ SaleToPOIResponse: sealedAnswer }));
  };

  const server = createServer({ cert: certificate, key }, (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      serve(Buffer.concat(parts).toString('utf8'), response).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    address: {
      host: '127.0.0.1',
      port: typeof address === 'object' && address !== null ? address.port : 0,
      poiId: POI,
      key: { identifier: 'shop', passphrase: securityKey.Passphrase, version: 1 },
      certificateAuthority: Buffer.from(certificate),
    },
    ledger,
    balance: () =>
      ledger.reduce((sum, { action, amount }) => sum + (action === 'payment' ? amount : -amount), 0),
    cards: () => cards,
    program: (...next) => void steps.push(...next),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
