'use strict';

// Who may import whom. A rule's comment is what its violation prints, so each says why.

const GRAPHQL = '^node_modules/(graphql|graphql-scalars|type-graphql|@apollo/[^/]+)/';
const SQL = '^node_modules/(typeorm|sql-template-tag|sqlite3|pg)/';

/** What decides, names and computes, and nothing else: it can be read, tested and reused without a server or a store. */
const PURE = [
  '^src/(clock|errors)\\.ts$',
  '^src/attributes/(attribute|system-attributes)\\.ts$',
  '^src/permissions/(admit|caller|decide|denial|denial-list|grants|guard)\\.ts$',
  '^src/credentials/(credential|key-ring|secret)\\.ts$',
  '^src/admins/(admin|check-admin|password)\\.ts$',
  '^src/audit/(audit-chain|audit-event)\\.ts$',
  '^src/operations/user-error\\.ts$',
  '^src/pagination/(cursor|page)\\.ts$',
  '^src/tabular/',
  '^src/importing/(judge-records|record)\\.ts$',
];

/** The domains: what the product is about. */
const DOMAINS = '^src/(absences|admins|attendances|audit|credentials|employees|feedback|integrations|organization)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Files that import each other cannot be read, tested or moved one at a time.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'What is shipped does not depend on what tests it.',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'pure-files-know-no-framework',
      severity: 'error',
      comment:
        'A decision about permissions must not change because a framework did: these files import no GraphQL, Apollo or database library.',
      from: { path: PURE },
      to: { path: [GRAPHQL, SQL] },
    },
    {
      name: 'pure-files-stay-pure',
      severity: 'error',
      comment: 'A pure file that imports the store, a server or a resolver is not pure any more.',
      from: { path: PURE },
      to: {
        path: [
          '^src/(app|config|main|rooms|schema)\\.ts$',
          '^src/(commandline|http|planner|store)/',
          '^src/operations/(context|execute)\\.ts$',
          '\\.(entity|resolver|store|type)\\.ts$',
        ],
      },
    },
    {
      name: 'attributes-import-no-domain',
      severity: 'error',
      comment:
        'The catalogue is what every domain builds on. If it knew one of them, the domains would depend on each other through it.',
      from: { path: '^src/attributes/' },
      to: { path: [DOMAINS, '^src/(authentication|http|operations)/'] },
    },
    {
      name: 'attributes-import-guards-only-for-types',
      severity: 'error',
      comment:
        'Permissions build on the catalogue and not the other way round. A GraphQL type alone declares how its fields are guarded.',
      from: { path: '^src/attributes/' },
      to: { path: '^src/permissions/', pathNot: '^src/permissions/guard\\.decorators\\.ts$' },
    },
    {
      name: 'attributes-without-types-import-no-guards',
      severity: 'error',
      comment: 'Permissions build on the catalogue and not the other way round.',
      from: { path: '^src/attributes/', pathNot: '\\.type\\.ts$' },
      to: { path: '^src/permissions/' },
    },
    {
      name: 'permissions-read-no-data',
      severity: 'error',
      comment:
        'What may be read is decided before anything is read. A decision that could look into the data could give it away.',
      from: { path: '^src/permissions/' },
      to: {
        path: [
          '^src/(authentication|employees|absences|attendances|http|operations|planner|store)/',
          '\\.(entity|resolver|store)\\.ts$',
          SQL,
        ],
      },
    },
    {
      name: 'employees-know-no-credentials',
      severity: 'error',
      comment:
        'Data about people and the keys to it meet in the gate only; a secret that is out of reach cannot be selected.',
      from: { path: '^src/(employees|absences|attendances)/' },
      to: { path: '^src/credentials/' },
    },
    {
      name: 'credentials-know-no-employees',
      severity: 'error',
      comment: 'Who manages access needs no data about people, and code that has none in reach cannot leak any.',
      from: { path: '^src/credentials/' },
      to: { path: '^src/(employees|absences|attendances)/' },
    },
    {
      name: 'sql-in-stores-only',
      severity: 'error',
      comment: 'SQL stands in *.store.ts, *.entity.ts, src/store and src/planner, so that its review has an end.',
      from: { path: '^src/', pathNot: ['\\.(store|entity)\\.ts$', '^src/(store|planner)/'] },
      to: { path: SQL },
    },
    {
      name: 'rows-are-no-answers',
      severity: 'error',
      comment: 'An entity that were also a GraphQL type would publish every column that it gets.',
      from: { path: '\\.entity\\.ts$' },
      to: { path: [GRAPHQL, '\\.(type|resolver)\\.ts$'] },
    },
    {
      name: 'answers-are-no-rows',
      severity: 'error',
      comment: 'A GraphQL type or resolver that works on entities would publish every column that they get.',
      from: { path: '\\.(type|resolver)\\.ts$' },
      to: { path: '\\.entity\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-at-the-edge',
      severity: 'error',
      comment:
        'Only the composition root knows that the gateway speaks HTTP; everything else is reached without a server.',
      from: { path: '^src/', pathNot: ['^src/(http|commandline)/', '^src/(app|main)\\.ts$'] },
      to: { path: ['^src/http/', '^node_modules/(fastify|@fastify/[^/]+|@as-integrations/[^/]+|@apollo/server)/'] },
    },
    {
      name: 'one-composition-root',
      severity: 'error',
      comment:
        'Parts get what they work with as constructor arguments. Only the command line asks for the whole house.',
      from: { path: '^src/', pathNot: ['^src/commandline/', '^src/main\\.ts$'] },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'command-line-on-top',
      severity: 'error',
      comment: 'Nothing builds on the command line: what it does, other code can do without it.',
      from: { path: '^src/', pathNot: ['^src/commandline/', '^src/main\\.ts$'] },
      to: { path: ['^src/commandline/', '^src/main\\.ts$', '^node_modules/(commander|cli-progress)/'] },
    },
    {
      name: 'admin-talks-graphql',
      severity: 'error',
      comment: 'The admin UI gets what any client gets: through GraphQL, under the same permissions.',
      from: { path: '^admin/' },
      to: { path: '^src/' },
    },
    {
      name: 'nothing-imports-admin',
      severity: 'error',
      comment: 'The gateway serves the admin UI as files and runs none of its code.',
      from: { path: '^src/' },
      to: { path: '^(admin|bench)/' },
    },
    {
      name: 'shipped-with-its-dependencies',
      severity: 'error',
      comment: 'A package from devDependencies is missing where the gateway is installed without them.',
      from: { path: '^(src/|ormconfig\\.ts$)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'every-import-exists',
      severity: 'error',
      comment:
        'An import that cannot be resolved fails when it is needed, or comes from a package that nobody declared.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'every-package-declared',
      severity: 'error',
      comment: 'A package that is only there because another needs it can vanish with the next update.',
      from: { path: '^(src|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count as well: what a file's types come from, it depends on.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
