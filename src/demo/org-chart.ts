import { itemAt } from './dice';
import { CHIEFS, EXECUTIVES, type DemoChief, type DemoDepartment, type DemoTeam } from './organization';

/** From the top of the chart to its bottom. */
export const RANKS = ['CEO', 'CHIEF', 'HEAD', 'LEAD', 'MEMBER'] as const;
export type Rank = (typeof RANKS)[number];

/** A place in the company, before somebody sits on it. */
export interface Seat {
  readonly rank: Rank;
  readonly position: string;
  readonly department: DemoDepartment;
  readonly team: DemoTeam | null;
  readonly supervisor: Seat | null;
}

const CEO: Seat = {
  rank: 'CEO',
  position: 'Chief Executive and Keeper of the Biscuit Tin',
  department: EXECUTIVES,
  team: null,
  supervisor: null,
};

/** Every seat, rank by rank: each comes after its supervisor's. */
export function orgChart(): readonly Seat[] {
  return [CEO, ...CHIEFS.flatMap(chiefAndBelow)].sort((one, other) => depth(one) - depth(other));
}

function depth({ rank }: Seat): number {
  return RANKS.indexOf(rank);
}

function chiefAndBelow({ position, departments }: DemoChief): readonly Seat[] {
  const chief: Seat = { rank: 'CHIEF', position, department: EXECUTIVES, team: null, supervisor: CEO };
  return [chief, ...departments.flatMap((department) => headAndBelow(chief, department))];
}

function headAndBelow(supervisor: Seat, department: DemoDepartment): readonly Seat[] {
  const head: Seat = { rank: 'HEAD', position: `Head of ${department.name}`, department, team: null, supervisor };
  return [head, ...department.teams.flatMap((team) => leadAndMembers(head, team))];
}

function leadAndMembers(supervisor: Seat, team: DemoTeam): readonly Seat[] {
  const { department } = supervisor;
  const lead: Seat = { rank: 'LEAD', position: `Team Lead ${team.name}`, department, team, supervisor };
  const members = Array.from({ length: team.size }, (_, index): Seat => {
    return { rank: 'MEMBER', position: itemAt(team.positions, index), department, team, supervisor: lead };
  });
  return [lead, ...members];
}
