import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TalliedAction } from './audit-tally';

/** How often something happened in an hour that the audit log has not told yet. */
@Entity('audit_tally')
export class AuditTallyEntity {
  /** The first moment of the hour: ISO 8601 in UTC. */
  @PrimaryColumn({ type: 'text' })
  hour!: string;

  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @PrimaryColumn({ type: 'text' })
  action!: TalliedAction;

  /** Blank for what concerns no attribute. */
  @PrimaryColumn({ name: 'attribute_key', type: 'text' })
  attributeKey!: string;

  @Column({ type: 'integer' })
  count!: number;
}
