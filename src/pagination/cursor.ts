import { createHmac, timingSafeEqual } from 'node:crypto';
import { GatewayError } from '../errors';

const MAC_BYTES = 16;

/**
 * Makes and reads the cursors of connections. A cursor holds an id and a MAC, never a value, so it tells nothing about
 * the row it points to; the MAC binds it to one order, so a cursor of another order is refused.
 */
export class Cursors {
  constructor(private readonly key: Buffer) {}

  /** @param order names what is listed and by what, e.g. `employees by id` */
  encode(order: string, id: number | string): string {
    const text = String(id);
    return Buffer.concat([this.mac(order, text), Buffer.from(text)]).toString('base64url');
  }

  /** @throws GatewayError BAD_USER_INPUT, in the same words whatever is wrong with the cursor */
  decode(order: string, cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    const id = bytes.subarray(MAC_BYTES).toString();
    const isGenuine = bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(order, id));
    if (!isGenuine) throw new GatewayError('BAD_USER_INPUT', 'The cursor does not belong to this list and order.');
    return id;
  }

  private mac(order: string, id: string): Buffer {
    return createHmac('sha256', this.key).update(`${order}\n${id}`).digest().subarray(0, MAC_BYTES);
  }
}
