import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { EmployeeEntity } from '../employees/employee.entity';
import type { AbsenceStatus, AbsenceUnit } from './absence';

/** A reason to be away. */
@Entity('absence_type')
export class AbsenceTypeEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'text', unique: true })
  name!: string;

  @Column({ type: 'text' })
  unit!: AbsenceUnit;

  @Column({ type: 'boolean' })
  paid!: boolean;
}

/** A period in which a person is away, or would be. */
@Entity('absence')
export class AbsenceEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index('absence_employee')
  @ForeignKey(() => EmployeeEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  @Index('absence_type_id')
  @ForeignKey(() => AbsenceTypeEntity)
  @Column({ name: 'type_id', type: 'integer' })
  typeId!: number;

  @Index('absence_start_date')
  @Column({ name: 'start_date', type: 'text' })
  startDate!: string;

  /** The last day, included. */
  @Index('absence_end_date')
  @Column({ name: 'end_date', type: 'text' })
  endDate!: string;

  /** The first day's morning is worked. */
  @Column({ name: 'starts_at_noon', type: 'boolean' })
  startsAtNoon!: boolean;

  /** The last day's afternoon is worked. */
  @Column({ name: 'ends_at_noon', type: 'boolean' })
  endsAtNoon!: boolean;

  /** Of a type that is counted in hours. */
  @Column({ type: 'double precision', nullable: true })
  hours!: number | null;

  @Column({ type: 'text' })
  status!: AbsenceStatus;

  @Column({ type: 'text', nullable: true })
  comment!: string | null;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'last_modified_at', type: 'text' })
  lastModifiedAt!: string;
}
