import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A part of the store on PostgreSQL, a file of its own beside SQLite. What all processes together have taken of one allowance in its present window. */
@Entity('rate_count')
export class RateCountEntity {
  /** HMAC of what is counted, so that the table lists neither addresses nor what strangers invent. */
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'integer' })
  taken!: number;

  /** How much the process that came last was given. */
  @Column({ type: 'integer' })
  lease!: number;

  @Index('rate_count_end')
  @Column({ name: 'ends_at', type: 'text' })
  endsAt!: string;
}
