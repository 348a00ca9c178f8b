import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { GatewayError } from '../errors';

const MAC_BYTES = 16;
const SEAL = 'aes-256-ctr';
/** Enough for every number that JavaScript keeps, so that a cursor's length tells nothing. */
const SEALED_DIGITS = 16;

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
    if (!isGenuine) throw notOurs();
    return id;
  }

  /**
   * Makes a cursor of a number that nobody may see: a place in a log that holds more than the caller may read would count
   * what lies between. Equal numbers make equal cursors.
   */
  seal(order: string, place: number): string {
    const text = String(place).padStart(SEALED_DIGITS, '0');
    const mac = this.mac(order, text);
    const cipher = createCipheriv(SEAL, this.sealKey(), mac);
    return Buffer.concat([mac, cipher.update(text), cipher.final()]).toString('base64url');
  }

  /** @throws GatewayError BAD_USER_INPUT, in the same words whatever is wrong with the cursor */
  unseal(order: string, cursor: string): number {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== MAC_BYTES + SEALED_DIGITS) throw notOurs();
    const mac = bytes.subarray(0, MAC_BYTES);
    const decipher = createDecipheriv(SEAL, this.sealKey(), mac);
    const text = Buffer.concat([decipher.update(bytes.subarray(MAC_BYTES)), decipher.final()]).toString('latin1');
    if (!timingSafeEqual(mac, this.mac(order, text))) throw notOurs();
    return Number(text);
  }

  // The MAC of a text is the initialization vector that it is sealed under, so no two texts share one.
  private sealKey(): Buffer {
    return createHmac('sha256', this.key).update('seal').digest();
  }

  private mac(order: string, id: string): Buffer {
    return createHmac('sha256', this.key).update(`${order}\n${id}`).digest().subarray(0, MAC_BYTES);
  }
}

function notOurs(): GatewayError {
  return new GatewayError('BAD_USER_INPUT', 'The cursor does not belong to this list and order.');
}
