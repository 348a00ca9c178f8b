import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often a credential asked on one day. */
@Entity('credential_usage')
export class CredentialUsageEntity {
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  /** YYYY-MM-DD in UTC. */
  @Index('credential_usage_day')
  @PrimaryColumn({ type: 'text' })
  day!: string;

  @Column({ type: 'integer' })
  requests!: number;

  /** Requests in which at least one thing was denied. */
  @Column({ type: 'integer' })
  denials!: number;
}

/** How often a credential read one attribute, or was denied it, on one day. */
@Entity('attribute_usage')
export class AttributeUsageEntity {
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @PrimaryColumn({ name: 'attribute_key', type: 'text' })
  attributeKey!: string;

  /** YYYY-MM-DD in UTC. */
  @Index('attribute_usage_day')
  @PrimaryColumn({ type: 'text' })
  day!: string;

  @Column({ type: 'integer' })
  reads!: number;

  @Column({ type: 'integer' })
  denials!: number;
}
