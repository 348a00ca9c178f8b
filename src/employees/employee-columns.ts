import type { SystemAttributeKey } from '../attributes/system-attributes';

/**
 * The columns of `employee` that hold each system attribute. Statements take column names from here and nowhere else, so
 * no name that a client sends can reach SQL. An attribute that lives in a table of its own has none.
 */
export const EMPLOYEE_COLUMNS: Readonly<Record<SystemAttributeKey, readonly string[]>> = {
  id: ['id'],
  firstName: ['first_name'],
  lastName: ['last_name'],
  preferredName: ['preferred_name'],
  email: ['email'],
  gender: ['gender'],
  profilePicture: ['profile_picture'],
  status: ['status'],
  position: ['position'],
  supervisor: ['supervisor_id'],
  employmentType: ['employment_type'],
  weeklyWorkingHours: ['weekly_working_hours'],
  hireDate: ['hire_date'],
  contractEndDate: ['contract_end_date'],
  terminationDate: ['termination_date'],
  terminationType: ['termination_type'],
  terminationReason: ['termination_reason'],
  probationPeriodEnd: ['probation_period_end'],
  lastWorkingDay: ['last_working_day'],
  subcompany: ['subcompany_id'],
  office: ['office_id'],
  department: ['department_id'],
  team: ['team_id'],
  costCenters: [],
  holidayCalendar: ['holiday_calendar'],
  workSchedule: ['work_schedule'],
  absenceEntitlement: ['absence_entitlement'],
  vacationDayBalance: ['vacation_day_balance'],
  fixSalary: ['fix_salary_amount', 'fix_salary_currency'],
  fixSalaryInterval: ['fix_salary_interval'],
  hourlySalary: ['hourly_salary_amount', 'hourly_salary_currency'],
  createdAt: ['created_at'],
  lastModifiedAt: ['last_modified_at'],
};
