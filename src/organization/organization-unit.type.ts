import { Field, ID, ObjectType } from 'type-graphql';
import { Structure } from '../permissions/guard.decorators';

@ObjectType()
abstract class OrganizationUnitType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the unit among its kind.' })
  id!: number;

  @Structure()
  @Field(() => String, { description: 'The name, unique among its kind.' })
  name!: string;
}

@ObjectType('Department', { description: 'A department of the company.' })
export class DepartmentType extends OrganizationUnitType {}

@ObjectType('Team', { description: 'A team.' })
export class TeamType extends OrganizationUnitType {}

@ObjectType('Office', { description: 'A place of work.' })
export class OfficeType extends OrganizationUnitType {}

@ObjectType('Subcompany', { description: 'A legal entity of the company.' })
export class SubcompanyType extends OrganizationUnitType {}

@ObjectType('CostCenterShare', { description: 'A cost center, and the share of a person that it bears.' })
export class CostCenterShareType extends OrganizationUnitType {
  @Structure()
  @Field(() => Number, { description: 'The share in percent, 0 to 100.' })
  percentage!: number;
}
