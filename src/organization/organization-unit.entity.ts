import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A named part of the company. Each kind has its own table, so that an id means one thing. */
abstract class OrganizationUnitEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'text', unique: true })
  name!: string;
}

@Entity('department')
export class DepartmentEntity extends OrganizationUnitEntity {}

@Entity('team')
export class TeamEntity extends OrganizationUnitEntity {}

@Entity('office')
export class OfficeEntity extends OrganizationUnitEntity {}

@Entity('subcompany')
export class SubcompanyEntity extends OrganizationUnitEntity {}

@Entity('cost_center')
export class CostCenterEntity extends OrganizationUnitEntity {}

/** The kinds of unit that an employee belongs to one of. */
export const ORGANIZATION_UNITS = ['subcompany', 'office', 'department', 'team'] as const;
export type OrganizationUnitKind = (typeof ORGANIZATION_UNITS)[number];
