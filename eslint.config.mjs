import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Names that say nothing about what is inside. A folder or file is named after its part of the domain. */
const NAMELESS = '{common,helper,helpers,index,lib,misc,shared,util,utils}';

/** Files whose readers ask for a default export: TypeORM's command line and Jest. */
const DEFAULT_EXPORTED = ['ormconfig.ts', 'test/support/global-{setup,teardown}.ts'];

const typescript = {
  files: ['**/*.ts', '**/*.tsx'],
  extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    eqeqeq: 'error',
    'no-param-reassign': 'error',
    'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    '@typescript-eslint/explicit-module-boundary-types': 'error',
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // An empty text counts as none.
    '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    // Spread into code points: what the databases count, too.
    '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
    // Leaves files with decorators alone: there, a class imported as a type would vanish from the emitted metadata.
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    // A column of a row is written row['name'], which tells it from a property that the compiler knows.
    '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    '@typescript-eslint/no-confusing-void-expression': [
      'error',
      { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
    ],
    // `const { left, out, ...rest }` leaves a part of a record out, and `for (const _ of …)` counts.
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
    ],
    // Numbers print themselves.
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // Entities and GraphQL types are classes because decorators need one. They hold data and do nothing, so any object of
    // their shape is as good.
    '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    // It asks for the "!" that no-non-null-assertion forbids.
    '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    // An interface with an index signature can be documented and extended, a Record cannot.
    '@typescript-eslint/consistent-indexed-object-style': 'off',
  },
};

/** Without the rules for React's compiler, which is not used. */
const components = {
  files: ['admin/src/**/*.{ts,tsx}'],
  plugins: { 'react-hooks': reactHooks },
  rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
};

const shipped = {
  files: ['src/**/*.ts'],
  rules: {
    // The server logs through pino and the command line speaks through output.ts, where a secret has one way less out.
    'no-console': 'error',
    'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  },
};

/** A migration is one list of columns after the other, and stays as it is once it has run somewhere. */
const migrations = { files: ['src/store/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } };

const environment = {
  files: ['src/**/*.ts', 'ormconfig.ts'],
  ignores: ['src/config.ts'],
  rules: {
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment: take a Config.' },
    ],
    'no-restricted-imports': [
      'error',
      ...['process', 'node:process'].map((name) => ({
        name,
        importNames: ['env', 'default'],
        message: 'Only src/config.ts reads the environment: take a Config.',
      })),
    ],
  },
};

const SQL = '/\\b(SELECT\\s.+\\sFROM|INSERT INTO|UPDATE\\s+\\w+\\s+SET|DELETE FROM)\\b/s';
const SQL_ELSEWHERE = 'SQL stands in stores and in the planner, so that its review has an end.';
const interpolated = {
  selector: "CallExpression[callee.property.name='query'] > TemplateLiteral.arguments[expressions.length>0]",
  message: 'A statement that is built from text can be built from a client’s text: use sql`` and bind values.',
};
const joined = {
  selector: `BinaryExpression[operator='+'] > Literal[value=${SQL}]`,
  message: interpolated.message,
};

/** Statements are never put together from text. A migration has nothing but names that stand in it. */
const statements = {
  files: ['src/**/*.ts'],
  ignores: ['src/store/migrations/**', 'src/store/store.ts'],
  rules: { 'no-restricted-syntax': ['error', interpolated, joined] },
};

/** Where clients are answered, what went wrong is told by the closed list of src/errors.ts alone. */
const answers = {
  files: ['src/**/*.ts'],
  ignores: ['**/*.store.ts', '**/*.entity.ts', 'src/store/**', 'src/planner/**', 'src/commandline/**'],
  rules: {
    'no-restricted-syntax': [
      'error',
      interpolated,
      joined,
      { selector: `Literal[value=${SQL}]`, message: SQL_ELSEWHERE },
      { selector: `TemplateElement[value.raw=${SQL}]`, message: SQL_ELSEWHERE },
      {
        selector: "MemberExpression[property.name='stack']",
        message: 'A stack tells how the gateway is built: give the error to the log, which keeps it.',
      },
      {
        selector: "Property[key.name='message'] > MemberExpression[object.name=/^(cause|err)$/]",
        message: 'What a library says may hold values or SQL: throw a GatewayError with words of ours.',
      },
      { selector: 'TSAnyKeyword', message: 'What has no type is not checked: use unknown and look.' },
    ],
  },
};

const tests = {
  files: ['test/**/*.ts'],
  rules: {
    // What an answer holds is known to the test that asked for it, and to nobody else.
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
    '@typescript-eslint/explicit-module-boundary-types': 'off',
  },
};

const nameless = {
  files: [`**/${NAMELESS}/**`, `**/${NAMELESS}.*`],
  rules: {
    'no-restricted-syntax': [
      'error',
      {
        selector: 'Program',
        message: 'This name says nothing: name the file and its folder after what they are about.',
      },
    ],
  },
};

export default defineConfig(
  globalIgnores([
    'dist/',
    'data/',
    'coverage/',
    'admin/index.html',
    'admin/src/graphql/schema.generated.d.ts',
    'bench/',
    'examples/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  typescript,
  components,
  shipped,
  migrations,
  environment,
  statements,
  answers,
  tests,
  { files: DEFAULT_EXPORTED, rules: { 'no-restricted-exports': 'off' } },
  nameless,
);
