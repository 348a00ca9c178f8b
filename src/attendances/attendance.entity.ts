import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { EmployeeEntity } from '../employees/employee.entity';

/** A stretch of time that a person worked. */
@Entity('attendance')
export class AttendanceEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index('attendance_employee')
  @ForeignKey(() => EmployeeEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  @Index('attendance_starts_at')
  @Column({ name: 'starts_at', type: 'text' })
  startsAt!: string;

  @Index('attendance_ends_at')
  @Column({ name: 'ends_at', type: 'text' })
  endsAt!: string;

  @Column({ name: 'break_minutes', type: 'integer' })
  breakMinutes!: number;

  @Column({ type: 'text', nullable: true })
  project!: string | null;

  @Column({ type: 'text', nullable: true })
  comment!: string | null;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'last_modified_at', type: 'text' })
  lastModifiedAt!: string;
}
