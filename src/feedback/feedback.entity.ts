import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What an admin thinks of the gateway. */
@Entity('feedback')
export class FeedbackEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'text' })
  at!: string;

  @Column({ name: 'admin_id', type: 'text' })
  adminId!: string;

  /** As it was at that time: it stays readable when the admin is renamed. */
  @Column({ name: 'admin_name', type: 'text' })
  adminName!: string;

  /** 1 to 5. */
  @Column({ type: 'integer', nullable: true })
  rating!: number | null;

  @Column({ type: 'text' })
  message!: string;
}
