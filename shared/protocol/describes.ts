// Keeps schema and domain type one thing: `describes<Model>()(schema)` compiles only when the static type of
// the schema and the model are identical (readonly aside), in both directions. The result carries the model
// as its static type, so a value that passed the check needs no cast.

import { Unsafe, type Static, type TSchema, type TUnsafe } from 'typebox';

/** Every property readonly, intersections flattened; branded strings stay what they are. */
export type DeepReadonly<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly DeepReadonly<Element>[]
    : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };

/** True only when both types are identical; `{a?: string}` and `{}` are not. */
export type Same<Left, Right> =
  (<Probe>() => Probe extends Left ? 1 : 2) extends <Probe>() => Probe extends Right ? 1 : 2 ? true : false;

type Proof<Schema extends TSchema, Model> =
  Same<DeepReadonly<Static<Schema>>, DeepReadonly<Model>> extends true
    ? unknown
    : { readonly 'schema and model differ': [DeepReadonly<Static<Schema>>, DeepReadonly<Model>] };

/** Binds a schema to the domain type that it must describe exactly. */
export function describes<Model>() {
  return <const Schema extends TSchema>(schema: Schema & Proof<Schema, Model>): TUnsafe<Model> =>
    Unsafe<Model>(schema);
}
