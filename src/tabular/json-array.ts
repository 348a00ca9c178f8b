import { objectRow } from './json-object';
import { ImportError } from './problem';
import { LARGEST_RECORD, type TableRow } from './table-row';
import type { OnBytes, TextFile } from './text-file';

/** The text of one item, and the line on which it begins. */
interface Item {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads an array of JSON objects item by item, so that a large array needs no more memory than its largest item.
 *
 * @throws ImportError when the file is not one JSON array, or an item is larger than 1 MiB
 */
export async function* readJsonArray(file: TextFile, onBytes: OnBytes): AsyncGenerator<TableRow> {
  const splitter = new ArraySplitter(file.name);
  let item = 0;
  for await (const chunk of file.chunks(onBytes)) {
    for (const { text, line } of splitter.push(chunk)) {
      item += 1;
      yield objectRow({ line, item }, splitter.parse(text, line));
    }
  }
  splitter.end();
}

/** Finds the commas between an array's items. What stands between them is left to `JSON.parse`. */
class ArraySplitter {
  private stage: 'before' | 'items' | 'after' = 'before';
  /** Of brackets inside the current item. */
  private depth = 0;
  private inString = false;
  private escaped = false;
  private line = 1;
  private pending = '';
  private itemLine = 1;
  private itemCount = 0;

  constructor(private readonly name: string) {}

  push(chunk: string): Item[] {
    const items: Item[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const wasInside = this.stage === 'items';
      const ends = this.step(chunk.charAt(at));
      if (!wasInside) from = at + 1;
      else if (ends) {
        items.push(...this.complete(chunk.slice(from, at), ends));
        from = at + 1;
      }
    }
    if (this.stage === 'items') this.keep(chunk.slice(from));
    return items;
  }

  /** @throws ImportError when the array is still open */
  end(): void {
    if (this.stage !== 'after') throw this.broken('the array is not closed by the end of the file');
  }

  parse(text: string, line: number): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.broken('this item is not valid JSON', line);
    }
  }

  /** @returns the character that ends the current item, or undefined */
  private step(character: string): ',' | ']' | undefined {
    if (character === '\n') this.line += 1;
    if (this.stage !== 'items') this.stepOutside(character);
    else if (this.inString) this.stepInString(character);
    else if (character === '"') this.inString = true;
    else if (character === '{' || character === '[') this.depth += 1;
    else if (this.depth === 0 && (character === ',' || character === ']')) return character;
    else if (character === '}' || character === ']') this.depth -= 1;
    return undefined;
  }

  private stepInString(character: string): void {
    if (this.escaped) this.escaped = false;
    else if (character === '\\') this.escaped = true;
    else if (character === '"') this.inString = false;
  }

  private stepOutside(character: string): void {
    if (character.trim() === '') return;
    if (this.stage === 'after' || character !== '[') throw this.broken('there is text outside the array');
    this.stage = 'items';
    this.itemLine = this.line;
  }

  private complete(tail: string, ends: ',' | ']'): Item[] {
    this.keep(tail);
    const item = { text: this.pending, line: this.firstLine() };
    this.pending = '';
    if (ends === ']') this.stage = 'after';
    const isEmptyArray = ends === ']' && this.itemCount === 0 && item.text.trim() === '';
    if (isEmptyArray) return [];
    this.itemLine = this.line;
    this.itemCount += 1;
    return [item];
  }

  private keep(text: string): void {
    this.pending += text;
    if (this.pending.length > LARGEST_RECORD) throw this.broken('an item is larger than 1 MiB', this.firstLine());
  }

  // Blank lines before an item are no part of it.
  private firstLine(): number {
    const blanks = this.pending.slice(0, this.pending.length - this.pending.trimStart().length);
    return this.itemLine + blanks.split('\n').length - 1;
  }

  private broken(reason: string, line = this.line): ImportError {
    return new ImportError(`${this.name} is not a well-formed JSON array.`, [{ line, reason }]);
  }
}
