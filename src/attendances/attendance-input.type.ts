import { ID, InputType, Int } from 'type-graphql';
import { DateScalar, DateTimeScalar } from '../attributes/scalars';
import { EmployeeFilterType } from '../employees/find/employee-filter.type';
import { Structure, UsesAttribute } from '../permissions/guard.decorators';
import { InputField } from '../permissions/input-field.decorators';

const guard = Structure();

@InputType('AttendanceFilter', { description: 'Which attendances are meant: those that fulfil every condition.' })
export class AttendanceFilter {
  @InputField(() => EmployeeFilterType, { description: 'Of whom. Its attributes must be readable.', guard })
  employee?: EmployeeFilterType | null;

  @InputField(() => DateScalar, { description: 'Those that end on this day (UTC) or later.', guard })
  from?: string | null;

  @InputField(() => DateScalar, { description: 'Those that begin on this day (UTC) or earlier.', guard })
  to?: string | null;

  @InputField(() => [String], { description: 'For any of these projects.', guard })
  project?: string[] | null;
}

@InputType('AttendanceInput', { description: 'An attendance to be added.' })
export class AttendanceInput {
  @InputField(() => ID, {
    description: 'Who worked. Needs EMPLOYEES read.',
    guard: UsesAttribute('read', 'id'),
    required: true,
  })
  employee!: string;

  @InputField(() => DateTimeScalar, { description: 'When it began.', guard, required: true })
  start!: Date;

  @InputField(() => DateTimeScalar, { description: 'When it ended, at most 24 hours later.', guard, required: true })
  end!: Date;

  @InputField(() => Int, { description: 'Minutes in between that were no work; 0 when left out.', guard })
  breakMinutes?: number | null;

  @InputField(() => String, { description: 'What the work was for; at most 200 characters.', guard })
  project?: string | null;

  @InputField(() => String, { description: 'At most 1,000 characters.', guard })
  comment?: string | null;
}

@InputType('AttendanceChangeInput', { description: 'What changes of an attendance; what is left out stays.' })
export class AttendanceChangeInput {
  @InputField(() => DateTimeScalar, { description: 'When it began.', guard })
  start?: Date | null;

  @InputField(() => DateTimeScalar, { description: 'When it ended, at most 24 hours later.', guard })
  end?: Date | null;

  @InputField(() => Int, { description: 'Minutes in between that were no work.', guard })
  breakMinutes?: number | null;

  @InputField(() => String, { description: 'What the work was for; null empties it.', guard })
  project?: string | null;

  @InputField(() => String, { description: 'At most 1,000 characters; null empties it.', guard })
  comment?: string | null;
}
