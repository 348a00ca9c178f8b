import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What holds for the whole company, by name. */
@Entity('setting')
export class SettingEntity {
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  value!: string;
}
