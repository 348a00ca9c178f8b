/** Whom a row is about. */
export type Target =
  | { readonly kind: 'new'; readonly personnelNumber: string | null }
  | { readonly kind: 'id'; readonly id: string }
  /** Somebody who is there, or a new person of this number. */
  | { readonly kind: 'personnelNumber'; readonly personnelNumber: string }
  | { readonly kind: 'unclear' };

/** One row of a write as a client asks for it. */
export interface EmployeeWrite {
  readonly target: Target;
  /** What the client knows; null when it does not care. */
  readonly version: number | null;
  /** By the names of the input's fields. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly customAttributes: readonly CustomField[];
}

export interface CustomField {
  /** Without the prefix. */
  readonly key: string;
  readonly value: unknown;
}
