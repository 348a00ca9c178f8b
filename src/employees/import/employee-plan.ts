import { ColumnPlan } from '../../importing/column-plan';
import type { ImportMap } from '../../importing/import-map';
import type { ImportCatalogue } from './import-catalogue';

/** The plan of a file of people, who are recognised by a column of its own. */
export class EmployeePlan extends ColumnPlan {
  /** The column of the personnel number. */
  readonly key: string;
  /** By what supervisors are named. */
  readonly supervisorBy: 'personnelNumber' | 'email';

  constructor(map: ImportMap | undefined, catalogue: ImportCatalogue) {
    const key = map?.key ?? 'personnelNumber';
    super(map, catalogue, [key]);
    this.key = key;
    this.supervisorBy = supervisorBy(map);
  }
}

function supervisorBy(map: ImportMap | undefined): 'personnelNumber' | 'email' {
  const targets = Object.values(map?.columns ?? {}).flat();
  return targets.find(({ attribute }) => attribute === 'supervisor')?.by ?? 'personnelNumber';
}
