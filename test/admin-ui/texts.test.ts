import { readFileSync } from 'node:fs';
import path from 'node:path';

type Texts = Readonly<Record<string, unknown>>;

const read = (file: string): Texts =>
  JSON.parse(readFileSync(path.resolve(__dirname, '../../admin/src', file), 'utf8')) as Texts;

function flat(texts: Texts, prefix = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${prefix}${name}`, value] as const] : flat(value as Texts, `${prefix}${name}.`),
  );
}

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([whole]) => whole).sort();

describe.each([
  ['the admin UI', 'i18n'],
  ['the playground', 'playground/texts'],
])('the texts of %s', (_, folder) => {
  const english = flat(read(`${folder}/en.json`));
  const german = flat(read(`${folder}/de.json`));

  test('are the same in both languages', () => {
    expect(german.map(([key]) => key)).toEqual(english.map(([key]) => key));
  });

  test('name the same placeholders', () => {
    const inGerman = new Map(german);
    for (const [key, text] of english) {
      expect([key, placeholders(inGerman.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  test('are not empty', () => {
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
