import { lacking, RECIPES } from './recipes';
import type { Attribute, Viewer } from './viewer';

/** An operation to open in the editor. */
export interface Example {
  /** Under which its name stands among the texts. */
  readonly id: string;
  readonly name: string;
  readonly operation: string;
  readonly variables: string;
  readonly writes: boolean;
  /** What the credential lacks for it. */
  readonly lacks: readonly string[];
}

/** The first page of people if there is one to be had, else who asks: what every credential can start with. */
export function startingOperation(viewer: Viewer): string {
  return viewer.permissions.modules.EMPLOYEES.read ? firstPage(viewer.attributes) : WHO_AM_I;
}

export function examplesFor(viewer: Viewer): readonly Example[] {
  return RECIPES.map((recipe) => ({
    id: recipe.name.toLowerCase().replace(/[^a-z]+/g, '-'),
    name: recipe.name,
    operation: recipe.operation,
    variables: recipe.variables,
    writes: recipe.modules.some(({ action }) => action === 'write'),
    lacks: lacking(recipe, viewer.permissions),
  }));
}

export const WHO_AM_I = `query WhoAmI {
  viewer {
    name
    modules {
      module
      read
      write
    }
    attributes {
      key
      type
      readable
      writable
    }
  }
}
`;

/** The first page of people with every attribute that may be read. */
export function firstPage(attributes: readonly Attribute[]): string {
  const readable = attributes.filter(({ readable: isReadable, key }) => isReadable && key !== 'id');
  const system = readable.filter(({ category }) => category !== 'CUSTOM').map(selection);
  const custom = readable.filter(({ category }) => category === 'CUSTOM').map(({ key }) => key.replace('custom.', ''));
  const fields = ['id', ...system, ...(custom.length > 0 ? [customSelection(custom)] : [])];
  return `query FirstPage {
  employees(first: 10) {
    totalCount
    nodes {
${fields.map((field) => `      ${field}`).join('\n')}
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;
}

const PARTS: Readonly<Partial<Record<Attribute['type'], readonly string[]>>> = {
  MONEY: ['amount', 'currency'],
  EMPLOYEE: ['id'],
  ORGANIZATION_UNIT: ['name'],
  COST_CENTERS: ['name', 'percentage'],
  ABSENCE_ENTITLEMENT: ['type', 'days'],
};

function selection({ key, type }: Attribute): string {
  const parts = PARTS[type];
  return parts ? `${key} {\n${parts.map((part) => `        ${part}`).join('\n')}\n      }` : key;
}

function customSelection(names: readonly string[]): string {
  return `customAttributes(keys: ${JSON.stringify(names)}) {\n        key\n        value\n      }`;
}
