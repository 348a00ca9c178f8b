import type { AttributeValue } from '../attributes/scalars';
import type { EmployeeEntity } from '../employees/employee.entity';
import { customValuesOf } from './custom';
import { Dice } from './dice';
import { employmentOf, type Employment } from './employment';
import { emailOf, nameAt, type DemoName } from './names';
import { orgChart, type Rank, type Seat } from './org-chart';
import { costCenterOf, OFFICES, SHARED_COST_CENTER, type DemoOffice } from './organization';
import { payOf } from './pay';
import { workingTimeOf } from './working-time';

/** Personnel numbers of the demo company start with this, and nobody else's should. */
const DEMO_PREFIX = 'DEMO-';

type Reference = 'id' | 'version' | 'supervisorId' | 'subcompanyId' | 'officeId' | 'departmentId' | 'teamId';

/** One person of the demo company. Other rows are named, because their ids are the database's to give. */
export interface DemoPerson {
  readonly rank: Rank;
  readonly columns: Readonly<Omit<EmployeeEntity, Reference>>;
  /** A personnel number. */
  readonly supervisor: string | null;
  readonly subcompany: string | null;
  readonly office: string | null;
  readonly department: string | null;
  readonly team: string | null;
  readonly costCenters: readonly { readonly name: string; readonly percentage: number }[];
  readonly customValues: ReadonlyMap<string, AttributeValue>;
}

/** The 250 people of the demo company, each after their supervisor. The same every time. */
export function demoPeople(): readonly DemoPerson[] {
  const seats = orgChart();
  const numbers = new Map(seats.map((seat, index) => [seat, personnelNumber(index)]));
  return seats.map((seat, index) => {
    const supervisor = seat.supervisor && (numbers.get(seat.supervisor) ?? null);
    return { ...personOn(seat, index), supervisor };
  });
}

function personnelNumber(index: number): string {
  return DEMO_PREFIX + String(index + 1).padStart(3, '0');
}

/** Another one makes another company: with this one, every attribute is empty for some and filled for others. */
const SEED = 3000;

// Each person has dice of their own, so that a change to one leaves the others as they were.
function personOn(seat: Seat, index: number): Omit<DemoPerson, 'supervisor'> {
  const dice = new Dice(SEED + index);
  const employment = employmentOf(seat, dice);
  const workingTime = workingTimeOf(employment, dice);
  const office = dice.pick(OFFICES);
  return {
    rank: seat.rank,
    columns: {
      personnelNumber: personnelNumber(index),
      ...personalColumns(nameAt(index), personnelNumber(index), employment, office, dice),
      position: dice.chance(98) ? seat.position : null,
      ...employment,
      ...workingTime,
      holidayCalendar: employment.employmentType === 'EXTERNAL' ? null : office.holidayCalendar,
      ...payOf(seat.rank, employment.employmentType, workingTime.weeklyWorkingHours, dice),
    },
    ...placeOf(seat, employment, office, dice),
    costCenters: costCentersOf(seat, employment, dice),
    customValues: customValuesOf(dice),
  };
}

type PersonalColumns = Pick<
  EmployeeEntity,
  'firstName' | 'lastName' | 'preferredName' | 'email' | 'gender' | 'profilePicture'
>;

const NICKNAMES = ['Captain', 'Crumbs', 'Sparky', 'Krümel', 'Flausch', 'Sunny', 'Pebble', 'Schnurzel', 'Doodle'];

const GENDERS = ['FEMALE', 'FEMALE', 'FEMALE', 'MALE', 'MALE', 'MALE', 'DIVERSE', 'UNDISCLOSED', null];

function personalColumns(
  name: DemoName,
  number: string,
  { status }: Employment,
  { mailDomain }: DemoOffice,
  dice: Dice,
): PersonalColumns {
  return {
    ...name,
    preferredName: dice.chance(15) ? dice.pick(NICKNAMES) : null,
    // Whoever has not started may not have a mailbox yet.
    email: status === 'ONBOARDING' && dice.chance(60) ? null : emailOf(name, mailDomain),
    gender: dice.pick(GENDERS),
    profilePicture: dice.chance(55) ? `https://pictures.example/${number.toLowerCase()}.png` : null,
  };
}

function placeOf(
  { department, team }: Seat,
  { status, employmentType }: Employment,
  office: DemoOffice,
  dice: Dice,
): Pick<DemoPerson, 'subcompany' | 'office' | 'department' | 'team'> {
  const isPlaced = status !== 'ONBOARDING' || dice.chance(60);
  return {
    subcompany: employmentType === 'EXTERNAL' ? null : office.subcompany,
    office: dice.chance(92) ? office.name : null,
    department: isPlaced ? department.name : null,
    team: isPlaced && team ? team.name : null,
  };
}

function costCentersOf({ department }: Seat, { status }: Employment, dice: Dice): DemoPerson['costCenters'] {
  if (status === 'ONBOARDING' && dice.chance(50)) return [];
  const own = costCenterOf(department);
  if (!dice.chance(12)) return [{ name: own, percentage: 100 }];
  return [
    { name: own, percentage: 60 },
    { name: SHARED_COST_CENTER, percentage: 40 },
  ];
}
