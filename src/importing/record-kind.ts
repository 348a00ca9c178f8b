import type { Attribute } from '../attributes/attribute';
import type { AuditAction } from '../audit/audit-event';
import type { UserError } from '../operations/user-error';
import type { Run } from '../store/statement';
import type { RecordRules } from './judge-records';
import type { Decision, RowFacts, StoredFacts } from './record';
import type { RecordValues } from './record-row';

/** What the engine needs to know of absences, or of attendances. One object for each import. */
export interface RecordKind<Draft, Row extends RowFacts = RowFacts, Stored extends StoredFacts = StoredFacts> {
  readonly action: AuditAction;
  readonly fields: readonly Attribute[];
  /** Fields that every row must give. */
  readonly required: readonly string[];
  readonly rules: RecordRules<Row, Stored>;
  /** @param values with every required field */
  draft(values: RecordValues): Draft;
  /** Everything that is wrong with a draft by itself. */
  problems(draft: Draft): readonly UserError[];
  facts(draft: Draft, base: Pick<Row, 'index' | 'place' | 'person'>): Row;
  /** What can be found out about rows only with the store, before people are judged one by one. */
  prepare(run: Run, rows: readonly Row[], refuse: (row: Row, reason: string) => void): Promise<void>;
  /** The records of these people, by person, that begin or last between these. */
  stored(run: Run, people: readonly number[], span: Pick<Row, 'first' | 'last'>): Promise<Map<number, Stored[]>>;
  /** Writes what is new. */
  write(run: Run, changes: readonly RecordChange<Draft>[], now: string): Promise<void>;
}

/** A draft, the person's id, and the id of the record that it changes, if any. */
export interface RecordChange<Draft> {
  readonly draft: Draft;
  readonly employeeId: number;
  readonly id: number | undefined;
}

/** What the second reading of a file needs to know of a row. */
export type Verdict = Pick<Decision<RowFacts, StoredFacts>, 'isSame'> & {
  readonly employeeId: number;
  readonly id: number | undefined;
};
