import type { CustomAttributeType, Sensitivity } from '../attributes/attribute';
import type { AttributeValue } from '../attributes/scalars';
import type { Dice } from './dice';

export interface DemoCustomAttribute {
  readonly name: string;
  readonly labelEn: string;
  readonly labelDe: string;
  readonly type: CustomAttributeType;
  readonly sensitivity: Sensitivity;
  readonly options: readonly string[];
  /** In percent: how many people have a value. */
  readonly filled: number;
  value(dice: Dice): AttributeValue;
}

const SHIRT_SIZES = ['XS', 'S', 'M', 'L', 'XL', 'XXL'];

const TEAPOTS = ['The round blue one', 'Omas Zwiebelmuster', 'Cast iron, slightly haunted', 'Die mit dem Sprung'];

const LANGUAGES = ['Deutsch', 'English', 'Français', 'Esperanto', 'Whale', 'Semaphore', 'Fluent Sarcasm'];

const ALLERGIES = ['Mondays', 'Beige wallpaper', 'Formulare in dreifacher Ausfertigung', 'Wet socks', 'Kazoo solos'];

/** One attribute for most of the types that an admin can choose. */
export const CUSTOM_ATTRIBUTES: readonly DemoCustomAttribute[] = [
  {
    name: 'shirtSize',
    labelEn: 'Shirt size',
    labelDe: 'T-Shirt-Größe',
    type: 'LIST',
    sensitivity: 'LOW',
    options: SHIRT_SIZES,
    filled: 85,
    value: (dice) => dice.pick(SHIRT_SIZES),
  },
  {
    name: 'favouriteTeapot',
    labelEn: 'Favourite teapot',
    labelDe: 'Lieblingsteekanne',
    type: 'TEXT',
    sensitivity: 'LOW',
    options: [],
    filled: 60,
    value: (dice) => dice.pick(TEAPOTS),
  },
  {
    name: 'laptopCount',
    labelEn: 'Number of laptops',
    labelDe: 'Anzahl der Laptops',
    type: 'INTEGER',
    sensitivity: 'MEDIUM',
    options: [],
    filled: 90,
    value: (dice) => dice.between(0, 3),
  },
  {
    name: 'languages',
    labelEn: 'Languages',
    labelDe: 'Sprachen',
    type: 'TAGS',
    sensitivity: 'LOW',
    options: [],
    filled: 75,
    value: (dice) => some(LANGUAGES, dice),
  },
  {
    name: 'remote',
    labelEn: 'Works remotely',
    labelDe: 'Arbeitet ortsunabhängig',
    type: 'BOOLEAN',
    sensitivity: 'MEDIUM',
    options: [],
    filled: 95,
    value: (dice) => dice.chance(35),
  },
  {
    name: 'allergies',
    labelEn: 'Allergies',
    labelDe: 'Allergien',
    type: 'MULTILINE',
    sensitivity: 'HIGH',
    options: [],
    filled: 20,
    value: (dice) => some(ALLERGIES, dice).join('\n'),
  },
];

/** The values of one person, by the attribute's name. What is not set is not there. */
export function customValuesOf(dice: Dice): ReadonlyMap<string, AttributeValue> {
  const filled = CUSTOM_ATTRIBUTES.filter((attribute) => dice.chance(attribute.filled));
  return new Map(filled.map((attribute) => [attribute.name, attribute.value(dice)]));
}

function some(items: readonly string[], dice: Dice): readonly string[] {
  const first = dice.pick(items);
  return [first, ...items.filter((item) => item !== first && dice.chance(25))];
}
