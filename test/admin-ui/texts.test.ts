import { readFileSync } from 'node:fs';
import path from 'node:path';

type Texts = Readonly<Record<string, unknown>>;

const read = (language: string): Texts =>
  JSON.parse(readFileSync(path.resolve(__dirname, `../../admin/src/i18n/${language}.json`), 'utf8')) as Texts;

function flat(texts: Texts, prefix = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${prefix}${name}`, value] as const] : flat(value as Texts, `${prefix}${name}.`),
  );
}

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([whole]) => whole).sort();

const english = flat(read('en'));
const german = flat(read('de'));

test('both languages have the same texts', () => {
  expect(german.map(([key]) => key)).toEqual(english.map(([key]) => key));
});

test('both languages name the same placeholders', () => {
  const inGerman = new Map(german);
  for (const [key, text] of english) {
    expect([key, placeholders(inGerman.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  }
});

test('no text is empty', () => {
  expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
});
