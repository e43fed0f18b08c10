// How we write SQL: a tagged template whose values are always parameters and never text of the statement. A template may
// hold another one (a fragment) and quoted names. A statement runs once, when it is awaited or `execute` is called.

import { escapeIdentifier } from 'pg';

/** What requests run as (request-role.ts). */
export const REQUEST_ROLE = 'tillandsia_request';

export type Row = Record<string, unknown>;
export type RowList = readonly (object | undefined)[];

/** The rows that a statement gave, and how many it returned or changed. */
export type Result<Rows extends RowList> = Rows & { readonly count: number };

type Parameter = string | number | boolean | Date | Uint8Array | null | readonly Parameter[];
export type QueryValue = Parameter | Fragment | PendingQuery<RowList>;

/** The text with `$1`, `$2` … and the values that belong there. */
export type Statement = { readonly text: string; readonly values: readonly Parameter[] };

/** What runs statements: the pool, or one connection inside a transaction. */
export type Runner = {
  readonly run: (statement: Statement) => Promise<Result<RowList>>;
  /** Several statements without parameters, as in a migration. */
  readonly runText: (text: string) => Promise<Row[]>;
  /** The rows of a query, so many at a time. */
  readonly runInParts: (statement: Statement, rowsAtOnce: number) => AsyncIterable<RowList>;
};

export type Sql = {
  <Rows extends RowList = Row[]>(
    template: TemplateStringsArray,
    ...values: readonly QueryValue[]
  ): PendingQuery<Rows>;
  /** Names of tables or columns, quoted; several stand with commas between them. */
  (names: string | readonly string[]): Fragment;
  /** Runs text as it is. Only for text that comes from our own code. */
  readonly unsafe: (text: string) => Promise<Row[]>;
};
/** The same inside a transaction: what asks for it may count on being undone as a whole. */
export type TransactionSql = Sql & { readonly isInTransaction: true };

/** A piece of a statement without parameters. */
class Fragment {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type { Fragment };

/** A statement that has not run yet: await it, run it with `execute`, read it in parts, or put it into another one. */
export class PendingQuery<Rows extends RowList> implements Promise<Result<Rows>> {
  readonly [Symbol.toStringTag] = 'PendingQuery';
  readonly #runner: Runner;
  readonly template: TemplateStringsArray;
  readonly values: readonly QueryValue[];
  #result: Promise<Result<Rows>> | null = null;

  constructor(runner: Runner, template: TemplateStringsArray, values: readonly QueryValue[]) {
    this.#runner = runner;
    this.template = template;
    this.values = values;
  }

  /** Sends it now, also before what was sent earlier has been answered. */
  execute(): Promise<Result<Rows>> {
    // What a row looks like is the caller's to say, beside the statement that selects it.
    this.#result ??= this.#runner.run(statementOf(this)) as Promise<Result<Rows>>;
    return this.#result;
  }

  /** The rows, at most `rowsAtOnce` of them in memory at a time. */
  cursor(rowsAtOnce: number): AsyncIterable<Rows> {
    return this.#runner.runInParts(statementOf(this), rowsAtOnce) as AsyncIterable<Rows>;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- awaiting a statement runs it; fragments must not run by themselves
  then<Value = Result<Rows>, Failure = never>(
    onFulfilled?: ((result: Result<Rows>) => Value | PromiseLike<Value>) | null,
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    // oxlint-disable-next-line promise/prefer-await-to-then -- it is `then`
    return this.execute().then(onFulfilled, onRejected);
  }

  catch<Failure = never>(
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result<Rows> | Failure> {
    return this.execute().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Result<Rows>> {
    return this.execute().finally(onFinally);
  }
}

/** The tagged template whose statements `runner` runs. */
export function createSql(runner: Runner): Sql {
  function sql(first: TemplateStringsArray | string | readonly string[], ...values: readonly QueryValue[]) {
    if (isTemplate(first)) return new PendingQuery(runner, first, values);
    const names = typeof first === 'string' ? [first] : first;
    return new Fragment(names.map((name) => escapeIdentifier(name)).join(', '));
  }
  // Overloads cannot be told from an implementation: a template gives a query, names give a fragment, as above.
  return Object.assign(sql as Omit<Sql, 'unsafe'> & typeof sql, { unsafe: runner.runText }) as unknown as Sql;
}

function isTemplate(first: TemplateStringsArray | string | readonly string[]): first is TemplateStringsArray {
  return typeof first !== 'string' && 'raw' in first;
}

/** Puts templates within templates together and numbers the parameters through. */
function statementOf(query: PendingQuery<RowList>): Statement {
  const values: Parameter[] = [];
  const textOf = ({ template, values: own }: PendingQuery<RowList>): string =>
    template.reduce((text, part, at) => {
      const value = own[at - 1];
      if (value === undefined) throw new TypeError('a statement has a value that is not set');
      return `${text}${placeOf(value)}${part}`;
    });
  const placeOf = (value: QueryValue): string => {
    if (value instanceof PendingQuery) return textOf(value);
    if (value instanceof Fragment) return value.text;
    values.push(value);
    return `$${values.length}`;
  };
  return { text: textOf(query), values };
}
