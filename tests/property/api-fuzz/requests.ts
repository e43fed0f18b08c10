// Requests drawn from the OpenAPI document that the server itself shows: each operation with values that fit, nearly fit or do not
// fit at all, and bodies that are no JSON.

import * as fc from 'fast-check';
import { nearlyFitting, valuesOf, type Schema } from './values-of-schema.ts';

export type Operation = {
  readonly method: string;
  readonly route: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly body: Schema | null;
};

export type FuzzRequest = {
  readonly operation: Operation;
  readonly path: string;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationInDocument>>>>;
};
type OperationInDocument = {
  readonly parameters?: readonly { in: string; name: string; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
};

/** All operations of the document; streams, which never end by themselves, are among them. */
export function operationsOf(document: unknown): readonly Operation[] {
  // The document is the server's own; that it has this form is what OpenAPI says.
  const { paths } = document as Document;
  return Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      route,
      parameters,
      body: requestBody === undefined ? null : (requestBody.content['application/json']?.schema ?? {}),
    })),
  );
}

/** Requests to one operation. `known` are ids that exist. */
export function requestsTo(operation: Operation, known: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const values = fc.tuple(
    ...operation.parameters.map(({ schema }) =>
      fc.oneof(
        { weight: 4, arbitrary: valuesOf(schema, known) },
        { weight: 1, arbitrary: nearlyFitting(schema, known) },
      ),
    ),
  );
  return fc
    .record({
      values,
      isLeftOut: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }),
      body: operation.body === null ? fc.constant(null) : bodies(operation.body, known),
      key: fc.oneof(fc.uuid(), fc.constantFrom('', 'k', 'same-key-again-and-again', 'é', 'x'.repeat(300))),
      contentType: fc.constantFrom(
        'application/json',
        'application/json',
        'application/json',
        'text/plain',
        'x',
      ),
    })
    .map((drawn) => ({
      operation,
      path: pathOf(operation, drawn.values, drawn.isLeftOut),
      body: drawn.body,
      headers: {
        ...(drawn.body === null ? {} : { 'content-type': drawn.contentType }),
        'idempotency-key': encodeURIComponent(drawn.key),
      },
    }));
}

function bodies(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const fitting = valuesOf(schema, known).map((value) => JSON.stringify(value));
  const damaged = nearlyFitting(schema, known).map((value) => JSON.stringify(value) ?? '');
  const cutOff = fc.tuple(fitting, fc.nat(80)).map(([text, length]) => text.slice(0, length));
  const odd = fc.constantFrom(
    '',
    'null',
    '[]',
    '{"a":1,"a":2}',
    '{"__proto__":{"isAdmin":true}}',
    '{"n":1e999}',
    '['.repeat(5_000),
    '"\\ud800"',
    '\ufeff{}',
  );
  return fc.oneof(
    { weight: 5, arbitrary: fitting },
    { weight: 6, arbitrary: damaged },
    { weight: 1, arbitrary: cutOff },
    { weight: 1, arbitrary: odd },
  );
}

function pathOf(operation: Operation, values: readonly unknown[], isLeftOut: readonly number[]): string {
  let path = operation.route;
  const query = new URLSearchParams();
  operation.parameters.forEach((parameter, at) => {
    const text = textOf(values[at]);
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(text));
    else if (parameter.in === 'query' && isLeftOut[at % isLeftOut.length] !== 0)
      query.append(parameter.name, text);
  });
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** A lone surrogate cannot stand in an address; everything else can. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.toWellFormed().slice(0, 2_000) || '-';
}
