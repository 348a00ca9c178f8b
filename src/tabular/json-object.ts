import type { Place } from './problem';
import type { TableRow } from './table-row';

/** @param value what the JSON text meant; undefined when it was not JSON */
export function objectRow(place: Place, value: unknown): TableRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { place, fault: 'is not one complete JSON object' };
  }
  return { place, cells: new Map(Object.entries(value)) };
}
