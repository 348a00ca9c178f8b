import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { EmployeeEntity } from '../employee.entity';

/** That an attribute of a person changed. Never what it was or became. Rows are added and never changed. */
@Entity('employee_change')
@Index('employee_change_feed', ['attributeKey', 'sequence'])
@Index('employee_change_moment', ['attributeKey', 'at', 'employeeId'])
export class EmployeeChangeEntity {
  /** Ascends in the order in which changes became visible, on every database. */
  @PrimaryColumn({ type: 'bigint' })
  sequence!: string;

  @Index('employee_change_employee')
  @ForeignKey(() => EmployeeEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  /** A catalogue key; `id` stands for a person who appeared. */
  @Column({ name: 'attribute_key', type: 'text' })
  attributeKey!: string;

  @Column({ type: 'text' })
  at!: string;
}

/** The one row that gives changes their numbers, and whose lock lets one transaction at a time change people. */
@Entity('employee_change_counter')
export class EmployeeChangeCounterEntity {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @Column({ type: 'bigint' })
  last!: string;
}

/** That a person is gone for good, told where their changes were told. Names nobody and refers to nobody. */
@Entity('employee_erasure')
export class EmployeeErasureEntity {
  /** From the same counter as the changes'. */
  @PrimaryColumn({ type: 'bigint' })
  sequence!: string;

  /** Never given to anybody else. */
  @Column({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  @Column({ type: 'text' })
  at!: string;
}
