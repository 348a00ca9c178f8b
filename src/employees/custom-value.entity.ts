import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CustomAttributeEntity } from '../attributes/custom-attribute.entity';
import { EmployeeEntity } from './employee.entity';

/**
 * A person's value of one custom attribute. INTEGER, DECIMAL and BOOLEAN (0 or 1) live in `numberValue`; every other type in
 * `textValue`, TAGS as a JSON array of strings. A value that is not set has no row.
 */
@Entity('employee_custom_value')
export class CustomValueEntity {
  @ForeignKey(() => EmployeeEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'employee_id', type: 'integer' })
  employeeId!: number;

  @Index('employee_custom_value_attribute')
  @ForeignKey(() => CustomAttributeEntity)
  @PrimaryColumn({ name: 'attribute_id', type: 'integer' })
  attributeId!: number;

  @Column({ name: 'text_value', type: 'text', nullable: true })
  textValue!: string | null;

  @Column({ name: 'number_value', type: 'double precision', nullable: true })
  numberValue!: number | null;
}
