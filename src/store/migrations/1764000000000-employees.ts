import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, double, generatedId, integer, optional, primary, text } from './table';

const UNITS = ['department', 'team', 'office', 'subcompany', 'cost_center'];

export class Employees1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const unit of UNITS) await createTable(runner, unit, [generatedId(), text('name', { isUnique: true })]);
    await createEmployee(runner);
    await createTable(runner, 'employee_cost_center', [
      integer('employee_id', { ...primary, references: { table: 'employee', onDelete: 'CASCADE' } }),
      integer('cost_center_id', {
        ...primary,
        references: { table: 'cost_center' },
        index: 'employee_cost_center_cost_center',
      }),
      double('percentage'),
    ]);
    await createCustomAttributes(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['employee_custom_value', 'custom_attribute', 'employee_cost_center', 'employee', ...UNITS]) {
      await runner.dropTable(name);
    }
  }
}

async function createEmployee(runner: QueryRunner): Promise<void> {
  const unit = (name: string) =>
    integer(`${name}_id`, { ...optional, references: { table: name }, index: `employee_${name}` });
  await createTable(runner, 'employee', [
    generatedId(),
    text('personnel_number', { ...optional, uniqueIndex: 'employee_personnel_number' }),
    text('first_name', optional),
    text('last_name', optional),
    text('preferred_name', optional),
    text('email', optional),
    text('gender', optional),
    text('profile_picture', optional),
    text('status', optional),
    text('position', optional),
    integer('supervisor_id', { ...optional, references: { table: 'employee' }, index: 'employee_supervisor' }),
    text('employment_type', optional),
    double('weekly_working_hours', optional),
    text('hire_date', optional),
    text('contract_end_date', optional),
    text('termination_date', optional),
    text('termination_type', optional),
    text('termination_reason', optional),
    text('probation_period_end', optional),
    text('last_working_day', optional),
    unit('subcompany'),
    unit('office'),
    unit('department'),
    unit('team'),
    text('holiday_calendar', optional),
    text('work_schedule', optional),
    text('absence_entitlement', optional),
    double('vacation_day_balance', optional),
    double('fix_salary_amount', optional),
    text('fix_salary_currency', optional),
    text('fix_salary_interval', optional),
    double('hourly_salary_amount', optional),
    text('hourly_salary_currency', optional),
    text('created_at'),
    text('last_modified_at'),
  ]);
}

async function createCustomAttributes(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'custom_attribute', [
    generatedId(),
    text('name', { isUnique: true }),
    text('label_en'),
    text('label_de'),
    text('type'),
    text('sensitivity'),
    text('options', { default: "'[]'" }),
    text('retired_at', optional),
  ]);
  await createTable(runner, 'employee_custom_value', [
    integer('employee_id', { ...primary, references: { table: 'employee', onDelete: 'CASCADE' } }),
    integer('attribute_id', {
      ...primary,
      references: { table: 'custom_attribute' },
      index: 'employee_custom_value_attribute',
    }),
    text('text_value', optional),
    double('number_value', optional),
  ]);
}
