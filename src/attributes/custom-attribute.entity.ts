import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CustomAttributeType, Sensitivity } from './attribute';

/** A custom attribute's catalogue entry. */
@Entity('custom_attribute')
export class CustomAttributeEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Without the `custom.` prefix. Never changes and is never used again: grants hold it. */
  @Column({ type: 'text', unique: true })
  name!: string;

  @Column({ name: 'label_en', type: 'text' })
  labelEn!: string;

  @Column({ name: 'label_de', type: 'text' })
  labelDe!: string;

  @Column({ type: 'text' })
  type!: CustomAttributeType;

  @Column({ type: 'text' })
  sensitivity!: Sensitivity;

  /** JSON array of strings; the allowed values of a LIST. */
  @Column({ type: 'text', default: '[]' })
  options!: string;

  /** Set when the attribute was taken out of use: nobody reads, writes or grants it any more. */
  @Column({ name: 'retired_at', type: 'text', nullable: true })
  retiredAt!: string | null;
}
