import sql, { raw, type Sql } from 'sql-template-tag';
import { objectOf } from './fields';
import type { Planning } from './planning';
import type { JsonPieces } from './root';
import type { RootPage } from './root-page';
import type { Row } from './row';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

/** Writes a part of the answer. */
type Piece = (page: RootPage, pieces: (string | Buffer)[]) => void;
/** A part of the answer's text for one edge. */
type EdgePiece = (page: RootPage) => (index: number) => string;

const IDS = 'ids';

/**
 * The selection of a connection at the root. Its statement gives the items of each list as one text, one item more than the
 * page has; this cuts them to the page and puts cursors and page information around them, which the database cannot make.
 */
export class RootConnection {
  /** What the answer needs besides the items. */
  readonly needs = { ids: false, total: false, place: false };
  private readonly lists: Sql[] = [];
  private readonly whole: Piece;

  constructor(
    field: SelectedField,
    private readonly row: Row,
    private readonly planning: Planning,
  ) {
    this.whole = this.object(field, (child) => this.connectionField(child));
  }

  /** The columns of a statement over the rows of the page. */
  get columns(): readonly Sql[] {
    const { json } = this.planning;
    const ids = this.needs.ids ? [sql`${json.items(json.id(this.row.column('id')))} AS ${raw(IDS)}`] : [];
    return [...this.lists, ...ids, sql`count(*) AS items`];
  }

  pieces(page: RootPage): JsonPieces {
    const pieces: (string | Buffer)[] = [];
    this.whole(page, pieces);
    return pieces;
  }

  private connectionField(field: SelectedField): Piece {
    switch (field.field?.name) {
      case 'nodes': {
        const column = this.list(field, (item) => this.planning.json.itemBytes(item));
        return (page, pieces) => pieces.push('[', page.joinedItems(column), ']');
      }
      case 'edges':
        return this.edges(field);
      case 'pageInfo':
        return this.object(field, (part) => this.pageInfo(part));
      case 'totalCount':
        this.needs.total = true;
        return (page, pieces) => pieces.push(page.total);
      default:
        throw new Unplanned();
    }
  }

  private pageInfo(field: SelectedField): Piece {
    switch (field.field?.name) {
      case 'hasNextPage':
        this.needs.place = true;
        return (page, pieces) => pieces.push(String(page.hasNextPage));
      case 'hasPreviousPage':
        this.needs.place = true;
        return (page, pieces) => pieces.push(String(page.hasPreviousPage));
      case 'startCursor':
        return this.cursor((ids) => ids[0]);
      case 'endCursor':
        return this.cursor((ids) => ids.at(-1));
      default:
        throw new Unplanned();
    }
  }

  private cursor(choose: (ids: readonly string[]) => string | undefined): Piece {
    this.needs.ids = true;
    return (page, pieces) => {
      const id = choose(page.items(IDS));
      pieces.push(id === undefined ? 'null' : `"${page.cursorOf(id)}"`);
    };
  }

  private edges(field: SelectedField): Piece {
    const parts = this.planning.selection.below(field).map((part) => this.edgePart(part));
    return (page, pieces) => {
      const columns = parts.map((part) => part(page));
      const edges = Array.from({ length: page.size }, (_, index) => columns.map((column) => column(index)).join(','));
      pieces.push(`[${edges.map((edge) => `{${edge}}`).join(',')}]`);
    };
  }

  private edgePart(field: SelectedField): EdgePiece {
    const name = `"${field.name}":`;
    switch (field.field?.name) {
      case undefined:
        return () => () => `${name}"${field.parent.name}"`;
      case 'cursor':
        this.needs.ids = true;
        return (page) => {
          const ids = page.items(IDS);
          return (index) => `${name}"${page.cursorOf(ids[index] ?? '')}"`;
        };
      case 'node': {
        const column = this.list(field, (item) => this.planning.json.items(item));
        return (page) => {
          const items = page.items(column);
          return (index) => name + (items[index] ?? 'null');
        };
      }
      default:
        throw new Unplanned();
    }
  }

  /** @returns the name of a column of items, one for each row */
  private list(field: SelectedField, items: (item: Sql) => Sql): string {
    const name = `list_${this.lists.length}`;
    const object = objectOf(this.row, this.planning.selection.below(field), this.planning);
    const list = sql`${items(object)} AS ${raw(name)}`;
    this.planning.addValues(list.values.length);
    this.lists.push(list);
    return name;
  }

  private object(field: SelectedField, write: (field: SelectedField) => Piece): Piece {
    const members = this.planning.selection.below(field).map((child, index): Piece => {
      const name = `${index === 0 ? '' : ','}"${child.name}":`;
      const value = child.field ? write(child) : constant(`"${child.parent.name}"`);
      return (page, pieces) => {
        pieces.push(name);
        value(page, pieces);
      };
    });
    return (page, pieces) => {
      pieces.push('{');
      for (const member of members) member(page, pieces);
      pieces.push('}');
    };
  }
}

function constant(text: string): Piece {
  return (_page, pieces) => pieces.push(text);
}
