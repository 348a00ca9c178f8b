import { Float, ID, InputType } from 'type-graphql';
import { DateScalar } from '../attributes/scalars';
import { EmployeeFilterType } from '../employees/find/employee-filter.type';
import { Structure, UsesAttribute } from '../permissions/guard.decorators';
import { InputField } from '../permissions/input-field.decorators';
import type { AbsenceStatus } from './absence';
import { AbsenceStatusEnum } from './absence.type';

const guard = Structure();

@InputType('AbsenceFilter', { description: 'Which absences are meant: those that fulfil every condition.' })
export class AbsenceFilter {
  @InputField(() => EmployeeFilterType, { description: 'Of whom. Its attributes must be readable.', guard })
  employee?: EmployeeFilterType | null;

  @InputField(() => DateScalar, { description: 'Those that last until this day or later.', guard })
  from?: string | null;

  @InputField(() => DateScalar, { description: 'Those that begin on this day or earlier.', guard })
  to?: string | null;

  @InputField(() => [AbsenceStatusEnum], { description: 'Of any of these statuses.', guard })
  status?: AbsenceStatus[] | null;

  @InputField(() => [ID], { description: 'Of any of these types.', guard })
  type?: string[] | null;
}

@InputType('AbsenceInput', { description: 'An absence to be made.' })
export class AbsenceInput {
  @InputField(() => ID, {
    description: 'Who is away. Needs EMPLOYEES read.',
    guard: UsesAttribute('read', 'id'),
    required: true,
  })
  employee!: string;

  @InputField(() => ID, { description: 'Why: the id of a type.', guard, required: true })
  type!: string;

  @InputField(() => DateScalar, { description: 'The first day.', guard, required: true })
  startDate!: string;

  @InputField(() => DateScalar, { description: 'The last day, included.', guard, required: true })
  endDate!: string;

  @InputField(() => Boolean, { description: 'Whether the morning of the first day is worked.', guard })
  startsAtNoon?: boolean | null;

  @InputField(() => Boolean, { description: 'Whether the afternoon of the last day is worked.', guard })
  endsAtNoon?: boolean | null;

  @InputField(() => Float, { description: 'For a type counted in hours, and no other.', guard })
  hours?: number | null;

  @InputField(() => AbsenceStatusEnum, { description: 'REQUESTED when left out.', guard })
  status?: AbsenceStatus | null;

  @InputField(() => String, { description: 'At most 1,000 characters.', guard })
  comment?: string | null;
}

@InputType('AbsenceChangeInput', { description: 'What changes of an absence; what is left out stays.' })
export class AbsenceChangeInput {
  @InputField(() => ID, { description: 'Why: the id of a type.', guard })
  type?: string | null;

  @InputField(() => DateScalar, { description: 'The first day.', guard })
  startDate?: string | null;

  @InputField(() => DateScalar, { description: 'The last day, included.', guard })
  endDate?: string | null;

  @InputField(() => Boolean, { description: 'Whether the morning of the first day is worked.', guard })
  startsAtNoon?: boolean | null;

  @InputField(() => Boolean, { description: 'Whether the afternoon of the last day is worked.', guard })
  endsAtNoon?: boolean | null;

  @InputField(() => Float, { description: 'For a type counted in hours, and no other.', guard })
  hours?: number | null;

  @InputField(() => AbsenceStatusEnum, { description: 'What is decided. Rejected and cancelled are final.', guard })
  status?: AbsenceStatus | null;

  @InputField(() => String, { description: 'At most 1,000 characters; null empties it.', guard })
  comment?: string | null;
}
