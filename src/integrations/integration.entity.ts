import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An entry of the directory that the company added itself. Those that ship are in code. */
@Entity('integration')
export class IntegrationEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  /** The name without regard to case and outer blanks; what must be unique. */
  @Index('integration_name_key', { unique: true })
  @Column({ name: 'name_key', type: 'text' })
  nameKey!: string;

  @Column({ type: 'text' })
  category!: string;

  @Column({ type: 'text', nullable: true })
  website!: string | null;

  /** JSON: the boxes, by module. */
  @Column({ name: 'recommended_modules', type: 'text' })
  recommendedModules!: string;

  /** JSON: catalogue keys. */
  @Column({ name: 'recommended_attributes', type: 'text' })
  recommendedAttributes!: string;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;
}
