import { Extensions } from 'type-graphql';

const WEIGHT_EXTENSION = 'fieldgateWeight';

/** Declares what a field costs by itself, when that is more than the usual 1: one that reads the whole table, say. */
export function Weighs(cost: number): MethodDecorator & PropertyDecorator {
  return Extensions({ [WEIGHT_EXTENSION]: cost });
}

export function weightOf(field: { readonly extensions: Readonly<Record<string, unknown>> }): number {
  const weight = field.extensions[WEIGHT_EXTENSION];
  return typeof weight === 'number' ? weight : 1;
}
