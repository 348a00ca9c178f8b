import { getArgumentValues, Kind, visit, type FieldNode } from 'graphql';
import type { Planning } from './planning';
import type { JsonPieces, RootPlan, RootRead } from './root';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

type Variables = Readonly<Record<string, unknown>>;

/** A root field, as far as it is known before the values of the variables are. */
interface Member {
  readonly name: string;
  readonly bind: (variables: Variables) => RootRead;
}

/** A member of an object takes up to a kilobyte of statements: as much as ten characters of what is remembered may. */
const CHARACTERS_OF_MEMBER = 10;

/** An operation that is ready to be read: all but the values of its variables, and who asks, is known. */
export class OperationPlan {
  /** The characters that it counts as where it is remembered. */
  readonly size: number;
  private readonly members: readonly Member[];
  private readonly marked: (pieces: JsonPieces) => JsonPieces;

  /**
   * @throws Unplanned when a root field has no plan, or none reads anything: only a statement can confirm who asks
   * @throws GatewayError or GraphQLError for arguments that cannot be meant
   */
  constructor(planning: Planning, roots: Readonly<Record<string, RootPlan>>) {
    const fields = planning.selection.root();
    if (!fields.some(readsData)) throw new Unplanned();
    this.members = fields.map((field) => memberOf(field, planning, roots));
    this.size = planning.members * CHARACTERS_OF_MEMBER + planning.values;
    this.marked = planning.hasMarks ? (pieces) => [planning.marks.replaced(textOf(pieces))] : (pieces) => pieces;
  }

  /**
   * @param variables coerced
   * @returns what reads the answer's data as JSON
   * @throws GatewayError or GraphQLError for values that cannot be meant
   */
  bind(variables: Variables): RootRead {
    const reads = this.members.map(({ name, bind }) => ({ name, read: bind(variables) }));
    return async (live) => {
      const found = await Promise.all(reads.map(({ read }) => read(live)));
      const members = found.flatMap((pieces, index) => [
        `${index === 0 ? '{' : ','}"${reads[index]?.name ?? ''}":`,
        ...pieces,
      ]);
      return this.marked([...members, '}']);
    };
  }
}

function readsData({ field, isPermitted }: SelectedField): boolean {
  return field !== undefined && isPermitted;
}

function memberOf(selected: SelectedField, planning: Planning, roots: Readonly<Record<string, RootPlan>>): Member {
  const { name, field, node, isPermitted, parent } = selected;
  if (!field) return { name, bind: () => constant(`"${parent.name}"`) };
  if (!isPermitted) return { name, bind: () => constant('null') };
  const root = Object.hasOwn(roots, field.name) ? roots[field.name] : undefined;
  if (!root) throw new Unplanned();
  const plan = root(selected, planning);
  if (usesVariables(node)) return { name, bind: (variables) => plan(getArgumentValues(field, node, variables)) };
  const read = plan(planning.selection.arguments(selected));
  return { name, bind: () => read };
}

function constant(text: string): RootRead {
  return () => Promise.resolve([text]);
}

function textOf(pieces: JsonPieces): string {
  return pieces.map(String).join('');
}

function usesVariables(node: FieldNode): boolean {
  let found = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, { [Kind.VARIABLE]: () => void (found = true) });
  }
  return found;
}
