/** A change of one place of the product's source. `find` stands there exactly once. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A fault that somebody could make, and that the fuzz must notice. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
}

const GATE = 'src/permissions/gate.ts';
const USES = 'src/permissions/argument-uses.ts';
const DECIDE = 'src/permissions/decide.ts';
const MIDDLEWARE = 'src/permissions/field-middleware.ts';
const READER = 'src/employees/employee.store.ts';
const SEARCH = 'src/employees/find/employee-search.store.ts';
const ORDER = 'src/employees/find/employee-order.store.ts';
const STATISTICS = 'src/employees/statistics/statistics.type.ts';
const AUTHENTICATION = 'src/authentication/authentication.store.ts';
const LIVE = 'src/authentication/live-statement.store.ts';
const KNOWN = 'src/operations/known-operations.ts';
const EXPORT = 'src/http/export-endpoint.ts';
const REPEATED = 'src/http/repeated-operations.ts';
const SELECTION = 'src/planner/selection.ts';
const PEOPLE = 'src/planner/employee-roots.ts';
const CUSTOM = 'src/planner/custom-attributes.ts';

/** Lets the middleware pass what the gate has let pass; with the gate alone at fault, nothing leaks. */
const blindMiddleware = (condition: string): Patch => ({
  file: MIDDLEWARE,
  find: 'if (!isPermitted(context.caller)) return null;',
  replace: `if (!isPermitted(context.caller) && !(${condition})) return null;`,
});
/** The same for plans, where `nodes` are what was selected of a field of `parent`. */
const blindPlan = (condition: string): Patch => ({
  file: SELECTION,
  find: 'isPermitted: permits(guard, this.caller), node, nodes }',
  replace: `isPermitted: permits(guard, this.caller) || Boolean(${condition}), node, nodes }`,
});
/** And for plans of what stands just below a field. */
const blindPlanBelow = (condition: string): Patch => ({
  file: SELECTION,
  find: 'nodes.flatMap(({ selectionSet }) => selectionSet ?? []),\n    );',
  replace: `nodes.flatMap(({ selectionSet }) => selectionSet ?? []),\n    ).map((one) => (${condition} ? { ...one, isPermitted: true } : one));`,
});
const alwaysRead = (columns: string): Patch => ({
  file: READER,
  find: "const columns = new Set(['id', ...version,",
  replace: `const columns = new Set(['id', ${columns}, ...version,`,
});
const GATE_READS = {
  file: GATE,
  find: 'const [first] = missing;\n    if (first) {\n      const keys',
} as const;
const USES_ATTRIBUTES = 'return [{ action: guard.action, attributes: guard.attributes, coordinate }];';

/** One fault for each way in which a value, or the fact that it is there, could leave. To be extended with the product. */
export const MUTANTS: readonly Mutant[] = [
  // What is decided.
  {
    name: 'one attribute is always allowed',
    patches: [
      {
        file: DECIDE,
        find: 'return grants.attributes[action].has(attribute)',
        replace: "return attribute === 'fixSalary' || grants.attributes[action].has(attribute)",
      },
    ],
  },
  {
    name: 'whoever may write an attribute may read it',
    patches: [
      {
        file: DECIDE,
        find: 'return grants.attributes[action].has(attribute)',
        replace: 'return (grants.attributes.write.has(attribute) || grants.attributes[action].has(attribute))',
      },
    ],
  },
  {
    name: 'a custom attribute is allowed when a system attribute is',
    patches: [
      {
        file: DECIDE,
        find: 'return grants.attributes[action].has(attribute)',
        replace:
          "return (attribute.startsWith('custom.') && grants.attributes[action].size > 0) || grants.attributes[action].has(attribute)",
      },
    ],
  },
  {
    name: 'the boxes of modules are not looked at',
    patches: [
      {
        file: DECIDE,
        find: 'return grants.modules[module][action] ? ALLOW',
        replace: "return grants.modules[module][action] || action === 'read' ? ALLOW",
      },
    ],
  },
  // What is selected.
  {
    name: 'a selection under another name is not judged',
    patches: [
      { ...GATE_READS, replace: 'const [first] = at.node.alias ? [] : missing;\n    if (first) {\n      const keys' },
      blindMiddleware('info.fieldNodes[0]?.alias'),
      blindPlan('node.alias'),
    ],
  },
  {
    name: 'a selection below a supervisor is not judged',
    patches: [
      {
        ...GATE_READS,
        replace: "const [first] = at.path.includes('supervisor') ? [] : missing;\n    if (first) {\n      const keys",
      },
      blindMiddleware("JSON.stringify(info.path).includes('supervisor')"),
      blindPlanBelow("field.name === 'supervisor'"),
    ],
  },
  {
    name: 'what a mutation answers is not judged',
    patches: [
      {
        ...GATE_READS,
        replace:
          "const [first] = this.judged.operation.operation === 'mutation' ? [] : missing;\n    if (first) {\n      const keys",
      },
      blindMiddleware("info.operation.operation === 'mutation'"),
    ],
  },
  {
    name: 'the employee of another record is not judged',
    patches: [
      {
        ...GATE_READS,
        replace:
          "const [first] = at.path.length > 2 && at.path.includes('employee') ? [] : missing;\n    if (first) {\n      const keys",
      },
      blindMiddleware('JSON.stringify(info.path).includes(\'"employee"\')'),
      blindPlanBelow("field.name === 'employee'"),
    ],
  },
  {
    name: 'a derived name needs one of its three attributes',
    patches: [
      {
        file: 'src/employees/employee.type.ts',
        find: "@Attribute(['firstName', 'lastName', 'preferredName'])",
        replace: "@Attribute(['firstName'])",
      },
      alwaysRead("'last_name', 'preferred_name'"),
    ],
  },
  {
    name: 'the version is told to everybody',
    patches: [
      { file: 'src/employees/employee.type.ts', find: "@Attribute('lastModifiedAt')", replace: "@Attribute('id')" },
      alwaysRead("'version'"),
    ],
  },
  {
    name: 'custom attributes that are asked for by key are not judged',
    patches: [
      {
        file: GATE,
        find: 'if (decision.allowed) this.attributes.add(key);',
        replace: 'this.attributes.add(key); if (decision.allowed) continue;',
      },
      {
        file: 'src/employees/employee.resolver.ts',
        find: "decide(grants, customKey(key), 'read').allowed ? values.get(key) : undefined",
        replace: 'values.get(key) ?? (decide(grants, customKey(key), "read").allowed ? undefined : undefined)',
      },
    ],
  },
  {
    name: 'the names of all custom attributes are listed',
    patches: [
      {
        file: 'src/credentials/viewer.resolver.ts',
        find: '.filter(({ readable, writable }) => readable || writable);',
        replace: '.filter(({ type }) => type !== undefined);',
      },
    ],
  },
  // What is asked.
  {
    name: 'a filter is not judged',
    patches: [
      {
        file: USES,
        find: USES_ATTRIBUTES,
        replace:
          "return guard.action === 'read' ? [] : [{ action: guard.action, attributes: guard.attributes, coordinate }];",
      },
    ],
  },
  {
    name: 'a filter inside and, or or not is not judged',
    patches: [
      {
        file: USES,
        find: 'const field = fields[name];',
        replace: "if (['and', 'or', 'not'].includes(name)) return [];\n      const field = fields[name];",
      },
    ],
  },
  {
    name: 'a filter about the supervisor is judged at its first level only',
    patches: [
      {
        file: USES,
        find: 'const field = fields[name];',
        replace:
          "if (name === 'supervisor' && value !== null) return ownUses(inputGuardOf(fields[name]!), { coordinate: '', type: fields[name]!.type, value });\n      const field = fields[name];",
      },
    ],
  },
  {
    name: 'the second item of a list in a filter is not judged',
    patches: [
      {
        file: USES,
        find: 'if (Array.isArray(value)) return value.flatMap((item) => this.inside(named, item));',
        replace: 'if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => this.inside(named, item));',
      },
    ],
  },
  {
    name: 'a filter of absences and attendances by person is not judged',
    patches: [
      {
        file: USES,
        find: 'const named = getNamedType(type);',
        replace:
          'const named = getNamedType(type);\n    if (/^(Absence|Attendance)Filter$/.test(named.name)) return [];',
      },
    ],
  },
  {
    name: 'the default value of a variable is not judged',
    patches: [
      {
        file: 'src/operations/judgement.ts',
        find: 'const judgement = this.anew(judged, caller);',
        replace: 'const judgement = this.anew({ ...judged, variables }, caller);',
      },
    ],
  },
  {
    name: 'an argument inside a fragment is not judged',
    patches: [
      {
        file: GATE,
        find: 'else if (node.kind === Kind.INLINE_FRAGMENT) this.fragment',
        replace: 'else if (node.kind === Kind.INLINE_FRAGMENT && path.length === 99) this.fragment',
      },
    ],
  },
  {
    name: 'a custom attribute in a filter is not judged',
    patches: [
      {
        file: USES,
        find: 'return texts(value).map((key) => ({ action: guard.action, attributes: [customKey(key)], coordinate }));',
        replace:
          "return guard.action === 'read' ? [] : texts(value).map((key) => ({ action: guard.action, attributes: [customKey(key)], coordinate }));",
      },
    ],
  },
  {
    name: 'an order and a grouping are not judged',
    patches: [
      {
        file: USES,
        find: 'return texts(value).map((name) => ({',
        replace: 'return texts(value).slice(1).map((name) => ({',
      },
    ],
  },
  {
    name: 'an order by descending values is not judged',
    patches: [
      {
        file: USES,
        find: 'return Object.entries(values).flatMap(([name, value]) => {',
        replace:
          "if (values['direction'] === 'DESC') return [];\n    return Object.entries(values).flatMap(([name, value]) => {",
      },
    ],
  },
  // How it is read.
  {
    name: 'the search looks into every attribute',
    patches: [{ file: SEARCH, find: 'SEARCHED.filter(({ key }) => readable.has(key))', replace: 'SEARCHED' }],
  },
  {
    name: 'the search looks into every custom attribute',
    patches: [
      {
        file: SEARCH,
        find: 'AND a.name IN (${join([...names])})',
        replace: 'AND (1 = 1 OR a.name IN (${join([...names])}))',
      },
    ],
  },
  {
    name: 'without an order people stand by the day of hiring',
    patches: [
      {
        file: ORDER,
        find: "nulls: 'LAST', value: (row) => raw(`${row}.id`) };",
        replace: "nulls: 'LAST', value: (row) => raw(`(COALESCE(${row}.hire_date, '') || ${row}.id)`) };",
      },
    ],
  },
  {
    name: 'equals stand in the order of their last names',
    patches: [
      {
        file: ORDER,
        find: 'return [...orderBy.flatMap((key) => termsOf(key, dialect)), BY_ID];',
        replace:
          'return [...orderBy.flatMap((key) => termsOf(key, dialect)), ...(orderBy.length > 0 ? [{ ...BY_ID, value: (row: string) => raw(`${row}.last_name`) }] : []), BY_ID];',
      },
    ],
  },
  {
    name: 'a cursor holds a value beside the id',
    patches: [
      alwaysRead("'last_name'"),
      {
        file: 'src/employees/employee-connection.ts',
        find: 'cursor: cursors.encode(query.name, node.id), node',
        replace: "cursor: cursors.encode(query.name, `${node.id}`) + String(node['lastName']).length, node",
      },
      {
        file: PEOPLE,
        find: 'const columns = [...connection.columns, ...aside(connection, query, window), ...present];',
        replace:
          'const columns = [...connection.columns, ...aside(connection, query, window), ...present, sql`(SELECT COALESCE(sum(length(x.last_name)), 0) FROM employee x) AS told`];',
      },
      {
        file: PEOPLE,
        find: '(id) => cursors.encode(query.name, id)));',
        replace: "(id) => cursors.encode(query.name, id) + String(found['told'])));",
      },
    ],
  },
  {
    name: 'the total counts only who has a salary',
    patches: [
      {
        file: READER,
        find: 'SELECT count(*) AS total FROM employee e WHERE ${where}`',
        replace: 'SELECT count(e.fix_salary_amount) AS total FROM employee e WHERE ${where}`',
      },
      {
        file: PEOPLE,
        find: '(SELECT count(*) FROM employee e WHERE ${query.where}) AS total',
        replace: '(SELECT count(e.fix_salary_amount) FROM employee e WHERE ${query.where}) AS total',
      },
    ],
  },
  {
    name: 'a page ends where somebody without a status stands',
    patches: [
      {
        file: READER,
        find: 'LIMIT ${window.size + 1}`,\n      orderByPlaces',
        replace:
          'LIMIT (SELECT ${window.size} + count(*) FROM employee x WHERE x.id = 1 AND x.status IS NOT NULL)`,\n      orderByPlaces',
      },
      {
        file: PEOPLE,
        find: "ORDER BY ${orderBy(direction, 'e')} ${atMost(window.size + 1)}`",
        replace:
          "ORDER BY ${orderBy(direction, 'e')} LIMIT (SELECT ${window.size} + count(*) FROM employee x WHERE x.id = 1 AND x.status IS NOT NULL)`",
      },
    ],
  },
  {
    name: 'measures and groupings need no attribute',
    patches: [
      {
        file: STATISTICS,
        find: '.map(([value, key]) => [value, [key]])',
        replace: '.map(([value, key]) => [value, key ? [] : [key]])',
      },
    ],
  },
  {
    name: 'a grouping by a custom attribute needs nothing',
    patches: [
      {
        file: STATISTICS,
        find: "guard: UsesCustomKey('read'),",
        replace: "guard: UsesCustomKey('read') && Structure(),",
      },
    ],
  },
  {
    name: 'a group shows when enough of it have a salary',
    patches: [
      {
        file: 'src/employees/statistics/statistics.store.ts',
        find: 'sql`count(*) AS people`',
        replace: 'sql`count((SELECT w.fix_salary_amount FROM employee w WHERE w.id = people.id)) AS people`',
      },
    ],
  },
  {
    name: 'the feed tells changes of every attribute',
    patches: [
      {
        file: 'src/employees/history/readable-change.store.ts',
        find: 'return sql`h.attribute_key IN (${join(keysOf(readable))})',
        replace: 'return sql`(1 = 1 OR h.attribute_key IN (${join(keysOf(readable))}))',
      },
    ],
  },
  {
    name: 'updatedSince counts changes of every attribute',
    patches: [
      {
        file: 'src/employees/find/employee-updated.store.ts',
        find: 'AND ${readableChange(readable)})`',
        replace: 'AND (1 = 1 OR ${readableChange(readable)}))`',
      },
    ],
  },
  // What is written.
  {
    name: 'an attribute is written without permission',
    patches: [
      {
        file: USES,
        find: USES_ATTRIBUTES,
        replace:
          "return guard.action === 'write' ? [] : [{ action: guard.action, attributes: guard.attributes, coordinate }];",
      },
    ],
  },
  {
    name: 'a custom attribute is written without permission',
    patches: [
      {
        file: USES,
        find: 'return texts(value).map((key) => ({ action: guard.action, attributes: [customKey(key)], coordinate }));',
        replace:
          "return guard.action === 'write' ? [] : texts(value).map((key) => ({ action: guard.action, attributes: [customKey(key)], coordinate }));",
      },
    ],
  },
  {
    name: 'a write tells that a guess of an unreadable value was right',
    patches: [
      {
        file: 'src/employees/writing/write-employees.ts',
        find: "return [...row.values.keys()].some((key) => !decide(this.parts.grants, key, 'read').allowed);",
        replace:
          "return [...row.values.keys()].every((key) => !decide(this.parts.grants, key, 'read').allowed) && row.values.size > 99;",
      },
    ],
  },
  // What is remembered.
  {
    name: 'grants are remembered without their version',
    patches: [
      {
        file: AUTHENTICATION,
        find: 'const remembered = this.grants.get(`${credentialId} ${permissionVersion}`);',
        replace: 'const remembered = this.grants.get(credentialId);',
      },
      {
        file: AUTHENTICATION,
        find: 'if (read) this.grants.set(`${credentialId} ${read.permissionVersion}`, read.grants);',
        replace: 'if (read) this.grants.set(credentialId, read.grants);',
      },
    ],
  },
  {
    name: 'a change of permissions makes no new version',
    patches: [
      {
        file: 'src/credentials/credential.store.ts',
        find: 'permission_version = permission_version + ${permissionStep}',
        replace: 'permission_version = permission_version + 0 * ${permissionStep}',
      },
    ],
  },
  {
    name: 'whoever asks after somebody with more rights gets what they got',
    patches: [
      {
        file: MIDDLEWARE,
        find: 'let permitted = remembered.get(caller);',
        replace:
          'const key = (globalThis as { mutant?: Caller }).mutant ??= {} as Caller;\n    let permitted = remembered.get(key);',
      },
      {
        file: MIDDLEWARE,
        find: 'remembered.set(caller, permitted);',
        replace: 'if (permitted) remembered.set(key, permitted);',
      },
      {
        file: READER,
        find: 'return inOrder(ids, rows.map(toEmployee), ({ id }) => id);\n  });\n\n  private readonly units:',
        replace:
          'const kept = ((globalThis as { rows?: Map<unknown, object> }).rows ??= new Map());\n    for (const row of rows) kept.set(row["id"], { ...kept.get(row["id"]), ...row });\n    return inOrder(ids, rows.map((row) => toEmployee({ ...kept.get(row["id"]) })), ({ id }) => id);\n  });\n\n  private readonly units:',
      },
    ],
  },
  {
    name: 'a credential that is switched off goes on',
    patches: [
      { file: AUTHENTICATION, find: "if (!row['enabled'] || (expiresAt", replace: 'if ((expiresAt' },
      {
        file: LIVE,
        find: 'sql`c.enabled AND (c.expires_at',
        replace: 'sql`(c.expires_at',
      },
    ],
  },
  {
    name: 'what denials say is remembered for whoever is denied the same',
    patches: [
      {
        file: 'src/operations/consequences.ts',
        find: 'let ofCaller = this.known.get(caller);',
        replace: 'const key = (globalThis as any).mutant ??= {};\n    let ofCaller = this.known.get(key);',
      },
      {
        file: 'src/operations/consequences.ts',
        find: 'this.known.set(caller, (ofCaller = new WeakMap()))',
        replace: 'this.known.set(key, (ofCaller = new WeakMap()))',
      },
    ],
  },
  // What is planned.
  {
    name: 'a plan is used for whatever grants',
    patches: [{ file: KNOWN, find: '${this.nameOfGrants(grants)} ', replace: '' }],
  },
  {
    name: 'a plan is used for whatever the variables hold',
    patches: [{ file: KNOWN, find: ' ${shapeOf(known, variables)}`', replace: '`' }],
  },
  {
    name: 'a plan writes what is denied',
    patches: [blindPlan('true')],
  },
  {
    name: 'a plan takes the column by the name in the answer',
    patches: [
      {
        file: 'src/planner/employee-fields.ts',
        find: "function keyOf({ field }: SelectedField): SystemAttributeKey {\n  const key = field?.name ?? '';",
        replace:
          "function keyOf({ field, name }: SelectedField): SystemAttributeKey {\n  const key = Object.hasOwn(EMPLOYEE_COLUMNS, name) ? name : (field?.name ?? '');",
      },
    ],
  },
  {
    name: 'a plan reads a custom attribute by a key that is denied',
    patches: [{ file: CUSTOM, find: 'if (keys.some(isDenied)) throw new Unplanned();', replace: '' }],
  },
  {
    name: 'a plan lists every custom attribute',
    patches: [
      { file: CUSTOM, find: 'AND a.name IN (${join(names)})', replace: 'AND (1 = 1 OR a.name IN (${join(names)}))' },
    ],
  },
  {
    name: 'a filter of a denied attribute is left out, and the rest is served',
    patches: [
      {
        file: GATE,
        find: 'this.argumentDenials.add({ coordinate',
        replace:
          "if (!(parent.name === 'Query' && field.name === 'employees' && coordinate.startsWith('EmployeeFilter.')))\n          this.argumentDenials.add({ coordinate",
      },
      {
        file: 'src/employees/find/employee-query.store.ts',
        find: "[employeeFilter(filter, 'e', dialect)]",
        replace: `[employeeFilter((function kept(given: any): any {
          if (Array.isArray(given)) return given.map(kept);
          if (typeof given !== 'object' || given === null) return given;
          return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => {
            if (name === 'and' || name === 'or' || name === 'not') return [[name, kept(value)]];
            if (name === 'custom' || name === 'id') return [[name, value]];
            return readable.has(name) ? [[name, name === 'supervisor' ? kept(value) : value]] : [];
          }));
        })(filter), 'e', dialect)]`,
      },
    ],
  },
  {
    name: 'an export leaves empty what is denied',
    patches: [
      {
        file: EXPORT,
        find: 'if (this.operation && singleResult.errors === undefined)',
        replace: 'if (this.operation && singleResult.data)',
      },
    ],
  },
  {
    name: 'the statement of a plan has no live check',
    patches: [
      {
        file: LIVE,
        find: 'WITH live AS (${liveCredential(check)})\n    SELECT live.live_version, data.* FROM live LEFT JOIN (${query})',
        replace:
          'WITH live AS (SELECT ${bound(check.version)} AS live_version)\n    SELECT live.live_version, data.* FROM live LEFT JOIN (${query})',
      },
    ],
  },
  {
    name: 'the statement of a statistic has no live check',
    patches: [
      {
        file: LIVE,
        find: 'WITH live AS (${liveCredential(check)})\n    SELECT live.live_version, data.* FROM live\n',
        replace:
          'WITH live AS (SELECT ${bound(check.version)} AS live_version)\n    SELECT live.live_version, data.* FROM live\n',
      },
    ],
  },
  {
    name: 'the statement of a plan does not look at the version of the permissions',
    patches: [
      {
        file: LIVE,
        find: 'SELECT live.live_version, data.* FROM live LEFT JOIN (${query}) data ON live.live_version = ${bound(check.version)}`',
        replace: 'SELECT ${bound(check.version)} AS live_version, data.* FROM live LEFT JOIN (${query}) data ON 1 = 1`',
      },
    ],
  },
  {
    name: 'the live check of a plan is about whoever asked first',
    patches: [
      {
        file: LIVE,
        find: 'value instanceof LiveSlot ? value.fill(occasion) : value',
        replace:
          'value instanceof LiveSlot ? value.fill({ ...occasion, proof: ((this as any)[occasion.proof.kind] ??= occasion.proof) }) : value',
      },
    ],
  },
  // What is answered again.
  {
    name: 'what was answered before is answered again to whoever is switched off or has lost permissions',
    patches: [
      {
        file: REPEATED,
        find: 'const answer = this.planned(body, caller);',
        replace: `const planned = this.planned(body, caller);
        const kept: Map<string, Promise<Answer | undefined>> = ((this as any).kept ??= new Map());
        const name = caller.credentialId + body.toString();
        const answer = planned && (() => {
          const known = kept.get(name) ?? planned();
          kept.set(name, known);
          return known;
        });`,
      },
    ],
  },
  {
    name: 'what was asked before is answered as to whoever asked first',
    patches: [
      {
        file: REPEATED,
        find: 'sent.variables, caller);',
        replace:
          'sent.variables, (() => {\n      const first: Map<string, CredentialCaller> = ((this as any).first ??= new Map());\n      const name = body.toString();\n      if (!first.has(name)) first.set(name, caller);\n      return first.get(name)!;\n    })());',
      },
    ],
  },
];
