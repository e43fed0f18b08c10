// Every schema that crosses the wire, in one list: what the protocol number is pinned to.

import type { TSchema } from 'typebox';
import { itemSchema, operatorSchema } from './catalogue.ts';
import * as terminals from './card-terminals.ts';
import { pushCustomersRequest, pushCustomersResponse } from './customer.ts';
import { customerOrder } from './customer-order.ts';
import * as display from './display.ts';
import * as documents from './documents.ts';
import { factSchema, journalHead } from './fact.ts';
import * as messages from './messages.ts';
import { cataloguePagesSchema, tillSchemas } from './till-schemas.ts';
import { promotionDocument } from './price-book.ts';
import { priceChangesQuery, priceChangesResponse } from './price-changes.ts';
import { receiptLayoutRequest, receiptLayoutResponse } from './receipt-layout.ts';
import { cartSchema } from './sale.ts';
import { settingsChangeRequest } from './settings-change.ts';

export const protocolSchemas: Readonly<Record<string, TSchema>> = {
  fact: factSchema,
  journalHead,
  item: itemSchema,
  operator: operatorSchema,
  cart: cartSchema,
  cataloguePage: documents.cataloguePage,
  stockPage: documents.stockPage,
  rightsPage: documents.rightsPage,
  settings: documents.settingsDocument,
  customer: documents.customerSchema,
  pushCustomersRequest,
  pushCustomersResponse,
  customerOrder,
  promotion: promotionDocument,
  attention: documents.attentionSchema,
  printJob: documents.printJobSchema,
  problem: messages.problem,
  statusResponse: messages.statusResponse,
  demoCodeResponse: messages.demoCodeResponse,
  enrolmentRequest: messages.enrolmentRequest,
  enrolmentResponse: messages.enrolmentResponse,
  challengeRequest: messages.challengeRequest,
  challengeResponse: messages.challengeResponse,
  tokenRequest: messages.tokenRequest,
  tokenResponse: messages.tokenResponse,
  pushFactsRequest: messages.pushFactsRequest,
  pushFactsResponse: messages.pushFactsResponse,
  ownFactsQuery: messages.ownFactsQuery,
  ownFactsResponse: messages.ownFactsResponse,
  pullQuery: messages.pullQuery,
  pullResponse: messages.pullResponse,
  pushDocumentsRequest: messages.pushDocumentsRequest,
  pushDocumentsResponse: messages.pushDocumentsResponse,
  changedEvent: messages.changedEvent,
  pingEvent: messages.pingEvent,
  snapshotResponse: messages.snapshotResponse,
  snapshotHeader: messages.snapshotHeader,
  printRequest: messages.printRequest,
  printResponse: messages.printResponse,
  printerStatusResponse: messages.printerStatusResponse,
  codeBlockResponse: messages.codeBlockResponse,
  storeTillsResponse: messages.storeTillsResponse,
  terminalAttemptRequest: terminals.terminalAttemptRequest,
  terminalAttemptState: terminals.terminalAttemptState,
  terminalFollowQuery: terminals.terminalFollowQuery,
  terminalClosingRequest: terminals.terminalClosingRequest,
  terminalClosing: terminals.terminalClosing,
  priceChangeRequest: messages.priceChangeRequest,
  priceChangesQuery,
  priceChangesResponse,
  settingsChangeRequest,
  receiptLayoutRequest,
  receiptLayoutResponse,
  displayContent: display.displayContent,
  displayCodeResponse: display.displayCodeResponse,
  displayPairRequest: display.displayPairRequest,
  displayPairResponse: display.displayPairResponse,
  displayContentResponse: display.displayContentResponse,
};

/** Storage schemas are pinned with the wire, because a till that updates must open what it stored before. */
export const storageSchemas = { ...tillSchemas, catalogue_pages: cataloguePagesSchema };
