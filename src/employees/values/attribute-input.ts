import type { AttributeKey } from '../../attributes/attribute';

/** Gross. */
export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface CostCenterShare {
  readonly name: string;
  /** 0 to 100. */
  readonly percentage: number;
}

/**
 * A checked value in the shape of its attribute's type: a unit is its name, a person the text that names them, an absence
 * entitlement its JSON text, tags and cost centers are lists. Empty is null.
 */
export type AttributeInput = null | string | number | boolean | readonly string[] | Money | readonly CostCenterShare[];

/** The values that somebody gives for one person, with null for empty. What is not in it stays as it is. */
export interface GivenValues {
  readonly values: ReadonlyMap<AttributeKey, AttributeInput>;
}

/** A value, or why it is none, as the rest of a sentence that begins with the value. */
export type Reading<Value extends AttributeInput = AttributeInput> =
  { readonly value: Value } | { readonly reason: string };

export const EMPTY = { value: null } as const satisfies Reading;

export function bad(reason: string): { readonly reason: string } {
  return { reason };
}
