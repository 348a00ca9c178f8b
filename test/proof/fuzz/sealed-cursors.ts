/** A cursor of the feed: 32 bytes that look drawn at random. */
const SEALED = /"([\w-]{43})"/g;
const NAMED = /SealedCursor(\d{31})/g;

/**
 * Names the feed's cursors of one company in the order in which a client met them. How many hidden changes lie between two
 * decides about the bytes of their cursors and, as these are sealed, about nothing that a client could find out: who sees one
 * company sees bytes that look drawn. So of cursors, both companies must show the same ones in the same places.
 */
export class SealedCursors {
  private readonly met: string[] = [];

  /** In the place of each cursor its name, as long as the cursor is. */
  named(answer: string): string {
    return answer.replace(SEALED, (_, cursor: string) => `"${this.nameOf(cursor)}"`);
  }

  /** In the place of each name the cursor that this company has shown there. */
  sent(question: string): string {
    return question.replace(NAMED, (name, number: string) => this.met[Number(number)] ?? name);
  }

  /** Another feed begins. */
  forget(): void {
    this.met.length = 0;
  }

  private nameOf(cursor: string): string {
    const known = this.met.indexOf(cursor);
    const number = known < 0 ? this.met.push(cursor) - 1 : known;
    return `SealedCursor${String(number).padStart(31, '0')}`;
  }
}
