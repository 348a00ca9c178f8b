import { employeeQuery } from '../employees/find/employee-query.store';
import { withhold } from '../employees/statistics/statistics';
import { readGroups, type StatisticsArguments } from '../employees/statistics/statistics.store';
import type { Planning } from './planning';
import type { RootPlan } from './root';
import type { SelectedField } from './selection';

/** @param smallestGroup people that a group needs to be shown */
export function statisticsRoot(smallestGroup: number): RootPlan {
  return (field, planning) => {
    const shape = shapeOf(field, planning);
    const readable = planning.caller.grants.attributes.read;
    return ({ groupBy, measures, filter }) => {
      const { where } = employeeQuery({ filter }, readable, planning.dialect);
      const asked = { groupBy, measures, where } as StatisticsArguments;
      return async (live) => [JSON.stringify(shape(withhold(await readGroups(live, asked), smallestGroup)))];
    };
  };
}

type Shape = (value: unknown) => unknown;

/** Keeps of an object what is selected of it. It was made of what the gate let through, so nothing of it is denied. */
function shapeOf(field: SelectedField, planning: Planning): Shape {
  if (field.node.selectionSet === undefined) return (value) => value ?? null;
  const members = planning.selection
    .below(field)
    .map((child): [SelectedField, Shape] => [child, memberOf(child, planning)]);
  const one: Shape = (value) => Object.fromEntries(members.map(([child, shape]) => [child.name, shape(value)]));
  return (value) => (Array.isArray(value) ? value.map(one) : one(value));
}

function memberOf(child: SelectedField, planning: Planning): Shape {
  if (!child.field) return () => child.parent.name;
  const { name } = child.field;
  const shape = shapeOf(child, planning);
  return (value) => shape((value as Readonly<Record<string, unknown>>)[name]);
}
