import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { AttributeTypeEnum } from '../attributes/attribute.type';
import { AttributeValueScalar, DateScalar, DateTimeScalar, type AttributeValue } from '../attributes/scalars';
import {
  CostCenterShareType,
  DepartmentType,
  OfficeType,
  SubcompanyType,
  TeamType,
} from '../organization/organization-unit.type';
import { Weighs } from '../operations/weight';
import { PageInfoType } from '../pagination/page-info.type';
import { Attribute, AttributeField, CustomAttributesGuard, Structure } from '../permissions/guard.decorators';
import { ATTRIBUTE_ENUMS } from './employee-enums.type';

@ObjectType('Money', { description: 'An amount in a currency.' })
export class MoneyType {
  @Structure()
  @Field(() => Float, { description: 'In units of the currency, such as 4200.5 for € 4,200.50.' })
  amount!: number;

  @Structure()
  @Field(() => String, { description: 'ISO 4217, such as EUR.' })
  currency!: string;
}

@ObjectType('AbsenceEntitlement', { description: 'How many days a year a person may be away for one reason.' })
export class AbsenceEntitlementType {
  @Structure()
  @Field(() => String, { description: 'The kind of absence.' })
  type!: string;

  @Structure()
  @Field(() => Float, { description: 'Days a year.' })
  days!: number;
}

@ObjectType('CustomAttribute', {
  description:
    'One custom attribute of a person. A key that is not granted and a key that does not exist answer alike: nulls and one ATTRIBUTE_FORBIDDEN error.',
})
export class CustomAttributeType {
  @Structure()
  @Field(() => String, { description: 'The key as it was asked for, without the `custom.` prefix.' })
  key!: string;

  @Structure()
  @Field(() => AttributeTypeEnum, { nullable: true, description: 'The shape of the value.' })
  type!: string | null;

  @Structure()
  @Field(() => AttributeValueScalar, { nullable: true, description: 'Null when the person has none.' })
  value!: AttributeValue | null;
}

@ObjectType('Employee', {
  description: 'One person’s record. An attribute that the credential may not read answers null and one error.',
})
export class EmployeeType {
  @Attribute('id')
  @Field(() => ID, { description: 'Identifies the person. Readable with the EMPLOYEES module.' })
  id!: number;

  @AttributeField('firstName', () => String)
  firstName!: string | null;

  @AttributeField('lastName', () => String)
  lastName!: string | null;

  @AttributeField('preferredName', () => String)
  preferredName!: string | null;

  @Attribute(['firstName', 'lastName', 'preferredName'])
  @Field(() => String, {
    nullable: true,
    description: 'How to address the person: preferred or first name, and last name. Needs all three attributes.',
  })
  displayName!: string | null;

  @AttributeField('email', () => String)
  email!: string | null;

  @AttributeField('gender', () => ATTRIBUTE_ENUMS.gender.values)
  gender!: string | null;

  @AttributeField('profilePicture', () => String, 'URL.')
  profilePicture!: string | null;

  @AttributeField('status', () => ATTRIBUTE_ENUMS.status.values)
  status!: string | null;

  @AttributeField('position', () => String, 'The job title.')
  position!: string | null;

  @AttributeField('supervisor', () => EmployeeType, 'Its own attributes follow the same permissions.')
  supervisor!: EmployeeType | null;

  @AttributeField('employmentType', () => ATTRIBUTE_ENUMS.employmentType.values)
  employmentType!: string | null;

  @AttributeField('weeklyWorkingHours', () => Float, 'Hours.')
  weeklyWorkingHours!: number | null;

  @AttributeField('hireDate', () => DateScalar)
  hireDate!: string | null;

  @AttributeField('contractEndDate', () => DateScalar)
  contractEndDate!: string | null;

  @AttributeField('terminationDate', () => DateScalar, 'When the notice was given.')
  terminationDate!: string | null;

  @AttributeField('terminationType', () => ATTRIBUTE_ENUMS.terminationType.values)
  terminationType!: string | null;

  @AttributeField('terminationReason', () => String)
  terminationReason!: string | null;

  @AttributeField('probationPeriodEnd', () => DateScalar)
  probationPeriodEnd!: string | null;

  @AttributeField('lastWorkingDay', () => DateScalar)
  lastWorkingDay!: string | null;

  @AttributeField('subcompany', () => SubcompanyType)
  subcompany!: SubcompanyType | null;

  @AttributeField('office', () => OfficeType)
  office!: OfficeType | null;

  @AttributeField('department', () => DepartmentType)
  department!: DepartmentType | null;

  @AttributeField('team', () => TeamType)
  team!: TeamType | null;

  @AttributeField('costCenters', () => [CostCenterShareType])
  costCenters!: CostCenterShareType[] | null;

  @AttributeField('holidayCalendar', () => String)
  holidayCalendar!: string | null;

  @AttributeField('workSchedule', () => String)
  workSchedule!: string | null;

  @AttributeField('absenceEntitlement', () => [AbsenceEntitlementType])
  absenceEntitlement!: AbsenceEntitlementType[] | null;

  @AttributeField('vacationDayBalance', () => Float, 'Days that are left.')
  vacationDayBalance!: number | null;

  @AttributeField('fixSalary', () => MoneyType, 'Gross, per interval.')
  fixSalary!: MoneyType | null;

  @AttributeField('fixSalaryInterval', () => ATTRIBUTE_ENUMS.fixSalaryInterval.values)
  fixSalaryInterval!: string | null;

  @AttributeField('hourlySalary', () => MoneyType, 'Gross, per hour.')
  hourlySalary!: MoneyType | null;

  @CustomAttributesGuard()
  @Field(() => [CustomAttributeType], {
    nullable: true,
    description: 'Custom attributes by key, in the order asked for; without keys, all that the credential may read.',
  })
  customAttributes!: CustomAttributeType[] | null;

  @AttributeField('createdAt', () => DateTimeScalar)
  createdAt!: string | null;

  @AttributeField('lastModifiedAt', () => DateTimeScalar)
  lastModifiedAt!: string | null;

  @Attribute('lastModifiedAt')
  @Field(() => Int, {
    nullable: true,
    description:
      'Grows with every change, and tells that something changed as `lastModifiedAt` does: needs that attribute.',
  })
  version!: number | null;
}

@ObjectType('EmployeeEdge', { description: 'A person in a list, and the place there.' })
export class EmployeeEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind this person.' })
  cursor!: string;

  @Structure()
  @Field(() => EmployeeType, { description: 'The person.' })
  node!: EmployeeType;
}

@ObjectType('EmployeeConnection', {
  description: 'A page of people. See the GraphQL Cursor Connections Specification.',
})
export class EmployeeConnectionType {
  @Structure()
  @Field(() => [EmployeeEdgeType], { description: 'The people with their cursors.' })
  edges!: EmployeeEdgeType[];

  @Structure()
  @Field(() => [EmployeeType], { description: 'The people without their cursors.' })
  nodes!: EmployeeType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Weighs(100)
  @Field(() => Int, {
    description: 'How many people the filter and search mean; counted only when asked for.',
  })
  totalCount!: number;
}
