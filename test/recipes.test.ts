import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Module } from '../src/permissions/grants';
import { adminOf } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type Answer, type TestGateway, type TestGrants } from './support/gateway';
import { present } from './support/present';

interface Recipe {
  readonly name: string;
  readonly needs: Required<Pick<TestGrants, 'read' | 'write' | 'attributes'>>;
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const RECIPES: readonly Recipe[] = readFileSync(path.resolve(__dirname, '../docs/recipes.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((text) => {
    const needs = present(/^Needs (.+?)\.\s/ms.exec(text)?.[1]);
    const modules = (action: string) =>
      [...needs.matchAll(new RegExp(`(\\w+) ${action}`, 'g'))].map(([, module]) => module as Module);
    const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(text)?.[1];
    return {
      name: present(text.split('\n')[0]),
      needs: {
        read: modules('read'),
        write: modules('write'),
        attributes: [...needs.matchAll(/`([\w.]+)`/g)].map(([, key]) => present(key)),
      },
      operation: present(block('graphql')),
      variables: JSON.parse(block('json') ?? '{}') as Recipe['variables'],
    };
  });

describe.each(databases)('the recipes on $name', (database) => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    const owner = await adminOf(gateway, 'OWNER');
    await owner(`mutation { createCustomAttribute(input: { name: "birthday", labelEn: "Birthday", labelDe: "Geburtstag",
      type: TEXT, sensitivity: MEDIUM }) { userErrors { code } } }`);
    const writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['custom.birthday'] });
    for (const [id, value] of Object.entries({ 4: '06-30', 5: '06-02', 6: '07-06' })) {
      await gateway.query(
        writer,
        `mutation { updateEmployee(id: "${id}", values: { customAttributes: [{ key: "birthday", value: "${value}" }] }) {
          userErrors { code } } }`,
      );
    }
  });

  afterAll(() => gateway.close());

  const run = async ({ operation, variables }: Recipe, grants: TestGrants): Promise<Answer> =>
    gateway.query(await gateway.credential(grants), operation, variables);

  test('there are ten', () => {
    expect(RECIPES).toHaveLength(10);
  });

  test.each(RECIPES)('$name: does its work with what it says that it needs', async (recipe) => {
    const { status, body } = await run(recipe, recipe.needs);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    const [answer] = Object.values(body.data as Record<string, Record<string, unknown[]>>);
    const items = answer?.['nodes'] ?? answer?.['groups'] ?? answer?.['rows'] ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(items).not.toContain(null);
    expect(answer?.['applied'] ?? true).toBe(true);
    for (const item of items) expect((item as { userErrors?: unknown }).userErrors ?? []).toEqual([]);
  });

  test.each(RECIPES.filter(({ needs }) => needs.attributes.length > 0))(
    '$name: needs each of the attributes that it says',
    async (recipe) => {
      for (const one of recipe.needs.attributes) {
        const less = { ...recipe.needs, attributes: recipe.needs.attributes.filter((key) => key !== one) };
        const { body } = await run(recipe, less);
        const denied = present(body.errors).map(({ extensions }) => extensions.code);
        expect([one, denied]).toEqual([one, expect.arrayContaining(['ATTRIBUTE_FORBIDDEN'])]);
      }
    },
  );

  test('birthdays come in the order of their days, without a year', async () => {
    const recipe = present(RECIPES.find(({ name }) => name.startsWith('Birthdays')));
    const { body } = await run(recipe, recipe.needs);
    const nodes = body.data.employees.nodes as { customAttributes: { value: string }[] }[];
    expect(nodes.map(({ customAttributes }) => customAttributes[0]?.value)).toEqual(['06-02', '06-30']);
  });
});
