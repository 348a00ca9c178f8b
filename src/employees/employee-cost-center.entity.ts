import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CostCenterEntity } from '../organization/organization-unit.entity';
import { EmployeeEntity } from './employee.entity';

/** The share of a person's cost that one cost center bears. */
@Entity('employee_cost_center')
export class EmployeeCostCenterEntity {
  @ForeignKey(() => EmployeeEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  @Index('employee_cost_center_cost_center')
  @ForeignKey(() => CostCenterEntity)
  @PrimaryColumn({ name: 'cost_center_id', type: 'integer' })
  costCenterId!: number;

  /** 0 to 100. */
  @Column({ type: 'double precision' })
  percentage!: number;
}
