import { CUSTOM_NAME_PATTERN, customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import type { Denial } from './denial';

/**
 * Where the admin UI shows a credential together with what it was denied. It holds nothing that the credential has not just
 * said or knows of itself: its client id, and the attributes that it named, whether there are such or not.
 *
 * @param address of the gateway, without a slash at the end
 */
export function denialLink(address: string, clientId: string, { action, attributes, module }: Denial): string {
  const missing = [...(module === null ? [] : [module]), ...attributes.filter(isWellFormed)];
  const query = missing.map((name) => `${action}:${name}`).join(',');
  return `${address}/settings/credentials/${clientId}${query === '' ? '' : `?missing=${query}`}`;
}

// Names of custom attributes come from the client. What can be none would make the link as long as the request.
function isWellFormed(key: AttributeKey): boolean {
  return !isCustomKey(key) || CUSTOM_NAME_PATTERN.test(customName(key));
}
