import { Field } from 'type-graphql';

type FieldType = ReturnType<Extract<Parameters<typeof Field>[0], () => unknown>>;

export interface InputFieldOptions {
  readonly description: string;
  /** What naming the field uses. */
  readonly guard: MethodDecorator & PropertyDecorator;
  readonly required?: boolean;
  readonly defaultValue?: unknown;
}

/** Declares a field of an input type together with its guard, so that neither is forgotten where fields are generated. */
export function InputField(type: () => FieldType, options: InputFieldOptions): PropertyDecorator {
  const { description, guard, required = false, defaultValue } = options;
  const field = Field(type, {
    description,
    nullable: !required,
    ...(defaultValue === undefined ? {} : { defaultValue }),
  });
  return (target: object, name: string | symbol) => {
    field(target, name);
    guard(target, name);
  };
}
