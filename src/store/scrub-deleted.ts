import { GatewayError } from '../errors';
import type { Store } from './store';

/**
 * What a committed transaction deleted may still stand in the free parts of a file until it is written anew.
 *
 * @param ifNot says what is done all the same, and how to try again
 * @throws GatewayError UNAVAILABLE
 */
export async function scrubDeleted(store: Store, ifNot: string): Promise<void> {
  try {
    await store.scrub();
  } catch (cause) {
    throw new GatewayError('UNAVAILABLE', ifNot, {}, { cause });
  }
}
