import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A link of the audit chain. Triggers refuse every change and removal. */
@Entity('audit_event')
export class AuditEventEntity {
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Index('audit_event_at')
  @Column({ type: 'text' })
  at!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: string;

  @Index('audit_event_actor')
  @Column({ name: 'actor_id', type: 'text', nullable: true })
  actorId!: string | null;

  @Column({ name: 'actor_name', type: 'text', nullable: true })
  actorName!: string | null;

  @Column({ name: 'subject_kind', type: 'text', nullable: true })
  subjectKind!: string | null;

  @Index('audit_event_subject')
  @Column({ name: 'subject_id', type: 'text', nullable: true })
  subjectId!: string | null;

  @Column({ name: 'subject_name', type: 'text', nullable: true })
  subjectName!: string | null;

  /** JSON text, byte for byte as it was hashed. */
  @Column({ name: 'before_json', type: 'text' })
  beforeJson!: string;

  @Column({ name: 'after_json', type: 'text' })
  afterJson!: string;

  @Column({ type: 'integer' })
  count!: number;

  @Column({ name: 'previous_hash', type: 'text' })
  previousHash!: string;

  @Column({ type: 'text' })
  hash!: string;
}
