import type { AttributeKey } from '../attributes/attribute';
import type { DenialReason } from './decide';
import type { Action, Module } from './grants';

/** One schema coordinate that an operation names and its caller may not use. Data, so that every surface can explain it. */
export interface Denial {
  readonly reason: DenialReason;
  readonly action: Action;
  /** Whose box is missing; null when it is there and an attribute is not. */
  readonly module: Module | null;
  /** The attributes that are missing from the credential's list; empty when the module itself is. */
  readonly attributes: readonly AttributeKey[];
  /** `Type.field`, `Type.field(argument:)` or `Enum.VALUE`, see https://spec.graphql.org/draft/#sec-Schema-Coordinates */
  readonly coordinate: string;
  /** Response names from the root; `"@"` stands for every item of a list. */
  readonly path: readonly string[];
}
