import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { DepartmentEntity, OfficeEntity, SubcompanyEntity, TeamEntity } from '../organization/organization-unit.entity';

/**
 * One person's record. Dates are `YYYY-MM-DD` and moments ISO 8601 in UTC with milliseconds, both as text, so that they
 * sort, compare and print alike on both databases.
 */
@Entity('employee')
// On expressions, which TypeORM cannot express: the migrations make them.
@Index('employee_email_key', { synchronize: false })
@Index('employee_name_order', { synchronize: false })
@Index('employee_hire_date', { synchronize: false })
@Index('employee_last_working_day', { synchronize: false })
export class EmployeeEntity {
  /** Never used again, so that a late reference cannot meet another person. */
  @PrimaryGeneratedColumn()
  id!: number;

  /** What the source of the data calls this person; an import recognises them by it. Not readable through the API. */
  @Index('employee_personnel_number', { unique: true })
  @Column({ name: 'personnel_number', type: 'text', nullable: true })
  personnelNumber!: string | null;

  @Column({ name: 'first_name', type: 'text', nullable: true })
  firstName!: string | null;

  @Column({ name: 'last_name', type: 'text', nullable: true })
  lastName!: string | null;

  @Column({ name: 'preferred_name', type: 'text', nullable: true })
  preferredName!: string | null;

  @Index('employee_email')
  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'text', nullable: true })
  gender!: string | null;

  @Column({ name: 'profile_picture', type: 'text', nullable: true })
  profilePicture!: string | null;

  @Column({ type: 'text', nullable: true })
  status!: string | null;

  @Column({ type: 'text', nullable: true })
  position!: string | null;

  @Index('employee_supervisor')
  @ForeignKey(() => EmployeeEntity)
  @Column({ name: 'supervisor_id', type: 'integer', nullable: true })
  supervisorId!: number | null;

  @Column({ name: 'employment_type', type: 'text', nullable: true })
  employmentType!: string | null;

  @Column({ name: 'weekly_working_hours', type: 'double precision', nullable: true })
  weeklyWorkingHours!: number | null;

  @Column({ name: 'hire_date', type: 'text', nullable: true })
  hireDate!: string | null;

  @Column({ name: 'contract_end_date', type: 'text', nullable: true })
  contractEndDate!: string | null;

  @Column({ name: 'termination_date', type: 'text', nullable: true })
  terminationDate!: string | null;

  @Column({ name: 'termination_type', type: 'text', nullable: true })
  terminationType!: string | null;

  @Column({ name: 'termination_reason', type: 'text', nullable: true })
  terminationReason!: string | null;

  @Column({ name: 'probation_period_end', type: 'text', nullable: true })
  probationPeriodEnd!: string | null;

  @Column({ name: 'last_working_day', type: 'text', nullable: true })
  lastWorkingDay!: string | null;

  @Index('employee_subcompany')
  @ForeignKey(() => SubcompanyEntity)
  @Column({ name: 'subcompany_id', type: 'integer', nullable: true })
  subcompanyId!: number | null;

  @Index('employee_office')
  @ForeignKey(() => OfficeEntity)
  @Column({ name: 'office_id', type: 'integer', nullable: true })
  officeId!: number | null;

  @Index('employee_department')
  @ForeignKey(() => DepartmentEntity)
  @Column({ name: 'department_id', type: 'integer', nullable: true })
  departmentId!: number | null;

  @Index('employee_team')
  @ForeignKey(() => TeamEntity)
  @Column({ name: 'team_id', type: 'integer', nullable: true })
  teamId!: number | null;

  @Column({ name: 'holiday_calendar', type: 'text', nullable: true })
  holidayCalendar!: string | null;

  @Column({ name: 'work_schedule', type: 'text', nullable: true })
  workSchedule!: string | null;

  /** JSON: `[{ "type": "Vacation", "days": 30 }]` */
  @Column({ name: 'absence_entitlement', type: 'text', nullable: true })
  absenceEntitlement!: string | null;

  /** Days. */
  @Column({ name: 'vacation_day_balance', type: 'double precision', nullable: true })
  vacationDayBalance!: number | null;

  /** Gross, per `fixSalaryInterval`, in units of the currency. */
  @Column({ name: 'fix_salary_amount', type: 'double precision', nullable: true })
  fixSalaryAmount!: number | null;

  /** ISO 4217. */
  @Column({ name: 'fix_salary_currency', type: 'text', nullable: true })
  fixSalaryCurrency!: string | null;

  @Column({ name: 'fix_salary_interval', type: 'text', nullable: true })
  fixSalaryInterval!: string | null;

  /** Gross, per hour, in units of the currency. */
  @Column({ name: 'hourly_salary_amount', type: 'double precision', nullable: true })
  hourlySalaryAmount!: number | null;

  /** ISO 4217. */
  @Column({ name: 'hourly_salary_currency', type: 'text', nullable: true })
  hourlySalaryCurrency!: string | null;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'last_modified_at', type: 'text' })
  lastModifiedAt!: string;

  /** Grows with every change, so that a writer can tell whether somebody else was faster. */
  @Column({ type: 'integer', default: 1 })
  version!: number;
}
