import fc from 'fast-check';
import { SYSTEM_ATTRIBUTES } from '../../src/attributes/system-attributes';
import { MODULES, type Grants } from '../../src/permissions/grants';
import { grantsOf } from './gateway';

/** Names of custom attributes that occur nowhere else, so that finding one in a text means that it was given away. */
export const CUSTOM_NAMES = ['zebraCount', 'quokkaLevel', 'axolotl_id'];

const KEYS = [...SYSTEM_ATTRIBUTES.map(({ key }) => key), ...CUSTOM_NAMES.map((name) => `custom.${name}`)].filter(
  (key) => key !== 'id',
);
const WRITABLE = KEYS.filter((key) => !SYSTEM_ATTRIBUTES.some((system) => system.key === key && system.readOnly));

/** Any boxes, and any attributes on both lists; lists of nothing and of everything come up as well. */
export const generatedGrants: fc.Arbitrary<Grants> = fc
  .record({
    read: fc.subarray([...MODULES]),
    write: fc.subarray([...MODULES]),
    attributes: listOf(KEYS),
    writable: listOf(WRITABLE),
  })
  .map(grantsOf);

function listOf(keys: readonly string[]): fc.Arbitrary<string[]> {
  return fc.oneof<fc.MaybeWeightedArbitrary<string[]>[]>(
    { weight: 6, arbitrary: fc.subarray([...keys]) },
    { weight: 1, arbitrary: fc.subarray([...keys], { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constant<string[]>([...keys]) },
  );
}
