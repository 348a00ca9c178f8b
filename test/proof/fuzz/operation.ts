import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Question } from './case';
import type { Choices } from './choices';
import type { Policy } from './policy';
import { ValueGenerator, written } from './value';

type Field = GraphQLField<unknown, unknown>;

/** How often each root field is asked for; what is not here is asked for now and then, like every field of the schema. */
const READS: Readonly<Record<string, number>> = {
  employees: 12,
  employee: 3,
  employeeStatistics: 6,
  changes: 4,
  absences: 3,
  attendances: 3,
  absenceTypes: 1,
  attributes: 1,
  viewer: 1,
};
const WRITES: Readonly<Record<string, number>> = {
  updateEmployee: 4,
  upsertEmployees: 8,
  createEmployee: 2,
  terminateEmployee: 1,
  createAbsence: 2,
  updateAbsence: 2,
  createAttendances: 2,
  updateAttendance: 1,
  deleteAttendance: 1,
};
/** Percent of root fields that may be of a module that the credential may not use. */
const OUT_OF_REACH = 8;
/** Lists that can be exported. */
const LISTS: Readonly<Record<string, number>> = { employees: 6, absences: 2, attendances: 2, changes: 1 };
/** They are for admins: whoever asks for one is refused as a whole. */
const REFUSED: Readonly<Record<string, number>> = { credentials: 1, auditEvents: 1, admins: 1, settings: 1, usage: 1 };

/** An export goes through the pages by itself. */
const PAGE_ARGUMENTS: ReadonlySet<string> = new Set(['after', 'before', 'last']);

/** Arguments that are left out less, or more, often than others. */
const GIVEN: Readonly<Record<string, number>> = {
  filter: 40,
  orderBy: 45,
  first: 50,
  last: 8,
  after: 15,
  before: 6,
  search: 12,
  updatedSince: 6,
  groupBy: 80,
  measures: 50,
  keys: 60,
  version: 10,
  idempotencyKey: 20,
};
/**
 * Percent of attributes named in an argument that may be forbidden ones, where it is not the usual: a key that is denied
 * refuses nothing, and an order names few.
 */
const FORBIDDEN: Readonly<Record<string, number>> = { keys: 40, orderBy: 16 };
const DEEPEST = 5;

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly choices: Choices;
  /** Decides what the variables hold, when it is not to be what `choices` decides: the text stays as it is. */
  readonly values?: Choices;
  readonly policy: Policy;
  readonly kind: 'query' | 'mutation';
  /** Root fields to choose from, instead of the usual ones. */
  readonly roots?: readonly string[];
  /** Arguments that are never given. */
  readonly without?: ReadonlySet<string>;
  /** Fields that are never selected. */
  readonly withoutFields?: ReadonlySet<string>;
  /** One list, and of it nothing but its items. */
  readonly isExport?: boolean;
  /** Percent of attributes named in arguments that may be forbidden ones. */
  readonly forbidden?: number;
}

/** Draws an operation of a schema: valid, and as odd as clients may write it. */
export function drawOperation(options: OperationOptions): Question {
  return new OperationGenerator(options).operation();
}

class OperationGenerator {
  private readonly declared: string[] = [];
  private readonly fragments: string[] = [];
  private readonly variables: Record<string, unknown> = {};

  constructor(private readonly options: OperationOptions) {}

  operation(): Question {
    const { schema, kind, isExport } = this.options;
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    if (!root) throw new Error(`The schema has no ${kind}.`);
    const selections = isExport ? [this.exportedList(root)] : this.rootSelections(root);
    const declared = this.declared.length > 0 ? ` (${this.declared.join(', ')})` : '';
    const query = [`${kind}${declared} { ${selections.join(' ')} }`, ...this.fragments].join('\n');
    return { query, variables: this.variables };
  }

  private rootSelections(root: GraphQLObjectType): string[] {
    const names = new Set<string>();
    const fields = Array.from({ length: 1 + Number(this.options.choices.chance(15)) }, () => this.rootField(root));
    return fields.map((field) => this.wrapped(root, this.field(field, 0, names)));
  }

  private exportedList(root: GraphQLObjectType): string {
    const list = this.rootField(root);
    const named = this.named(list, new Set());
    const connection = getNamedType(list.type);
    const items = isObjectType(connection) ? getNamedType(connection.getFields()['nodes']?.type) : undefined;
    if (!isObjectType(items)) throw new Error(`The schema has lost the nodes of ${list.name}.`);
    return `${named}${this.arguments(list, PAGE_ARGUMENTS)} { nodes ${this.selectionSet(items, 2)} }`;
  }

  private rootField(root: GraphQLObjectType): Field {
    const { choices, roots, kind, isExport } = this.options;
    const usual = kind === 'mutation' ? WRITES : isExport ? LISTS : choices.chance(2) ? REFUSED : READS;
    const weighted = Object.entries(usual).flatMap(([name, weight]) => Array.from({ length: weight }, () => name));
    const within = weighted.filter((name) => this.isInReach(name));
    const open = within.length > 0 && !choices.chance(OUT_OF_REACH) ? within : weighted;
    const field = root.getFields()[choices.pick(roots ?? open)];
    if (!field) throw new Error('The schema has lost a root field that the fuzz asks for.');
    return field;
  }

  private isInReach(name: string): boolean {
    const { policy, kind } = this.options;
    const module = /absence/i.test(name) ? 'ABSENCES' : /attendance/i.test(name) ? 'ATTENDANCES' : 'EMPLOYEES';
    return policy.modules[module][kind === 'query' ? 'read' : 'write'];
  }

  private field(field: Field, depth: number, names: Set<string>): string {
    const named = this.named(field, names);
    const type = getNamedType(field.type);
    const below = isObjectType(type) ? ` ${this.selectionSet(type, depth + 1)}` : '';
    return `${named}${this.arguments(field)}${this.directive()}${below}`;
  }

  /** A field's name, behind an alias when it has one. */
  private named(field: Field, names: Set<string>): string {
    const name = this.responseName(field.name, names);
    return name === field.name ? name : `${name}: ${field.name}`;
  }

  private responseName(name: string, names: Set<string>): string {
    const { choices } = this.options;
    const wanted = choices.chance(20) ? choices.pick(ALIASES) : name;
    const free = [wanted, name, ...Array.from({ length: names.size + 1 }, (_, at) => `a${at}`)].find(
      (one) => !names.has(one),
    );
    names.add(free ?? name);
    return free ?? name;
  }

  private selectionSet(type: GraphQLObjectType, depth: number): string {
    return `{ ${this.selections(type, depth, new Set()).join(' ')} }`;
  }

  private selections(type: GraphQLObjectType, depth: number, names: Set<string>): string[] {
    const { choices, withoutFields } = this.options;
    const fields = Object.values(type.getFields()).filter(({ name }) => !withoutFields?.has(name));
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const isDeep = depth >= DEEPEST;
    // Where there is no leaf, such as in the connection of the feed, the first field leads to one.
    const open = isDeep ? (leaves.length > 0 ? leaves : fields.slice(0, 1)) : fields;
    const count = 1 + choices.number(isDeep ? 2 : type.name === 'Employee' ? 7 : 3);
    return Array.from({ length: count }, () => {
      if (choices.chance(3)) return this.wrapped(type, `${this.responseName('kind', names)}: __typename`);
      const field = this.preferred(type, open, leaves);
      return this.wrapped(type, this.field(field, depth, names));
    });
  }

  private preferred(type: GraphQLObjectType, open: readonly Field[], leaves: readonly Field[]): Field {
    const { choices, policy } = this.options;
    const page = open.find(({ name }) => name === 'pageInfo');
    if (page && choices.chance(20)) return page;
    // Whether a row was written tells whether it said something new.
    const outcome = open.find((field) => getNamedType(field.type).name === 'RowStatus');
    if (outcome && choices.chance(50)) return outcome;
    const lists = open.filter(({ name }) => ['nodes', 'edges', 'node', 'rows'].includes(name));
    if (lists.length > 0 && choices.chance(70)) return choices.pick(lists);
    // One field among fifty, and every key of it is an attribute.
    const custom = open.find(({ name }) => name === 'customAttributes');
    if (custom && choices.chance(5)) return custom;
    if (type.name === 'Employee' && choices.chance(45)) {
      return choices.pick(open.filter(({ name }) => name === 'id' || policy.read.includes(name)));
    }
    return choices.pick(choices.chance(50) && leaves.length > 0 ? leaves : open);
  }

  private wrapped(type: GraphQLObjectType, selection: string): string {
    const { choices } = this.options;
    switch (choices.number(14)) {
      case 11:
        return `... on ${type.name}${this.directive()} { ${selection} }`;
      case 12:
        return `...${this.directive()} { ${selection} }`;
      case 13: {
        const name = `F${this.fragments.length}`;
        this.fragments.push(`fragment ${name} on ${type.name} { ${selection} }`);
        return `...${name}`;
      }
      default:
        return selection;
    }
  }

  private directive(): string {
    const { choices } = this.options;
    if (!choices.chance(7)) return '';
    const [name, isShown] = choices.pick([
      ['include', true],
      ['skip', false],
      ['include', false],
      ['skip', true],
    ] as const);
    if (choices.chance(50)) return ` @${name}(if: ${(name === 'include') === isShown})`;
    return ` @${name}(if: ${this.variable('Boolean!', (name === 'include') === isShown, (from) => from.chance(50))})`;
  }

  private arguments(field: Field, without = this.options.without): string {
    const { choices } = this.options;
    const given = field.args.filter((argument) => {
      if (without?.has(argument.name)) return false;
      return isRequired(argument) || choices.chance(GIVEN[argument.name] ?? 30);
    });
    const sensible = given.filter(({ name }) => name !== 'last' || !given.some((other) => other.name === 'first'));
    if (sensible.length === 0) return '';
    return `(${sensible.map((argument) => `${argument.name}: ${this.argument(argument)}`).join(', ')})`;
  }

  private argument({ name, type }: GraphQLArgument): string {
    const { choices, policy, kind } = this.options;
    const forbidden = this.options.forbidden ?? FORBIDDEN[name] ?? 9;
    const action =
      kind === 'mutation' && (name === 'values' || name === 'rows' || name === 'termination') ? 'write' : 'read';
    const valueOf = (from: Choices) => new ValueGenerator({ choices: from, policy, action, forbidden }).of(type, name);
    const value = valueOf(choices);
    return choices.chance(30) ? this.variable(String(type), value, valueOf) : written(value);
  }

  private variable(type: string, value: unknown, valueOf: (from: Choices) => unknown): string {
    const { choices, values } = this.options;
    const name = `v${this.declared.length}`;
    const isDefault = value !== null && value !== undefined && choices.chance(20);
    this.declared.push(`$${name}: ${type}${isDefault ? ` = ${written(value)}` : ''}`);
    const sent = values ? valueOf(values) : isDefault ? undefined : (value ?? null);
    if (sent !== undefined) this.variables[name] = JSON.parse(JSON.stringify(sent)) as unknown;
    return `$${name}`;
  }
}

/** Names that say another attribute than the one that they stand for. */
const ALIASES = ['firstName', 'fixSalary', 'id', 'x', 'status', 'nodes', 'employee'];

function isRequired({ type, defaultValue }: GraphQLArgument): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
