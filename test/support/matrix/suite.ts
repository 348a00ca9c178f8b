import { EMPLOYEE_COLUMNS } from '../../../src/employees/employee-columns';
import { atOnce } from '../at-once';
import type { TestDatabase } from '../database';
import { digestOf } from '../digest';
import type { Answer, TestCredential } from '../gateway';
import { ATTRIBUTES, isAboutPeople, namingOf, type MatrixAttribute } from './attributes';
import type { Case, Ground } from './case';
import { coordinatesOf, pathsToPeople, placesOfFilters } from './coordinates';
import { PLACES } from './finding';
import { allBut, casesOf, faultOfDenied, faultOfGranted, readingCasesOf, startMatrix, writingCasesOf } from './matrix';
import { PATHS } from './selections';
import { RESULT_PATHS, resultCases } from './writing';
import { recordStatements, type RecordedStatement, type StatementLog } from '../statements';

/** Requests under way at one time. */
const AT_ONCE = 6;

type Cases = (attribute: MatrixAttribute, ground: Ground) => readonly Case[];

/** Tries every attribute in every use, by whoever has it and whoever lacks it. A file for each database runs it, at one time. */
export function everyUseOn(database: TestDatabase): void {
  describe(`every attribute in every use, granted and denied, on ${database.name}`, () => everyUse(database));
}

function everyUse(database: TestDatabase): void {
  let ground: Ground;
  let all: TestCredential;
  let log: StatementLog;
  let untouched: Readonly<Record<string, string>>;
  /** By the attribute's key: where its denials were told to be. */
  const told = new Map<string, Set<string>>();
  const counts = { granted: 0, denied: 0 };

  beforeAll(async () => {
    log = recordStatements();
    ({ ground, all } = await startMatrix(database));
  }, 120_000);

  afterAll(async () => {
    log.stop();
    await ground.gateway.close();
    const { granted, denied } = counts;
    process.stdout.write(
      `${database.name}: ${granted + denied} cases of ${ATTRIBUTES.length} attributes: ${granted} granted, ${denied} denied\n`,
    );
  });

  const send = (as: TestCredential, { query, variables }: Case): Promise<Answer> =>
    ground.gateway.query(as, query, variables);

  const granted = async (cases: readonly Case[]): Promise<(string | null)[]> => {
    counts.granted += cases.length;
    return atOnce(AT_ONCE, cases, async (one) => faultOfGranted(one, await send(all, one)));
  };

  const denied = async (attribute: MatrixAttribute, cases: readonly Case[]): Promise<(string | null)[]> => {
    counts.denied += cases.length;
    const reader = await allBut(ground.gateway, attribute.key, 'read');
    const writer = await allBut(ground.gateway, attribute.key, 'write');
    log.take();
    return atOnce(AT_ONCE, cases, async (one) => {
      const answer = await send(one.missing === 'write' ? writer : reader, one);
      remember(attribute.key, answer);
      return faultOfDenied(attribute, one, answer);
    });
  };

  const remember = (key: string, { body }: Answer) => {
    const coordinates = told.get(key) ?? new Set();
    for (const { extensions } of body.errors ?? []) coordinates.add(String(extensions['coordinate']));
    told.set(key, coordinates);
  };

  /** Which statements name the attribute; one case after the other is sent again when there are any, to say which do it. */
  const naming = async (attribute: MatrixAttribute, cases: Cases, isMeant = isAboutPeople) => {
    const names = (statement: RecordedStatement) => namingOf(attribute)(statement) && isMeant(statement);
    if (!log.take().some(names)) return [];
    const found: string[] = [];
    for (const one of cases(attribute, ground)) {
      await denied(attribute, [one]);
      for (const { text } of log.take().filter(names)) found.push(`${one.name}: ${text}`);
    }
    return found;
  };

  test('the matrix knows every way to people and every place of a filter', () => {
    expect([...new Set([...PATHS, ...RESULT_PATHS].map(({ coordinate }) => coordinate))].sort()).toEqual(
      [
        ...pathsToPeople(ground.schema),
        'AbsencePayload.absence',
        'AttendancePayload.attendance',
        'AttendanceRow.attendance',
      ].sort(),
    );
    expect([...new Set(PLACES.flatMap(({ coordinates }) => coordinates))].sort()).toEqual(
      placesOfFilters(ground.schema),
    );
    expect(Object.keys(EMPLOYEE_COLUMNS).sort()).toEqual(
      ATTRIBUTES.filter(({ id }) => id === null)
        .map(({ key }) => key)
        .sort(),
    );
  });

  describe('denied, nothing is told, stored or asked of the database', () => {
    beforeAll(async () => {
      untouched = await digestOf(ground.gateway);
    });

    test.each(ATTRIBUTES)('$key', async (attribute) => {
      expect((await denied(attribute, casesOf(attribute, ground))).filter(Boolean)).toEqual([]);
      expect(await naming(attribute, casesOf)).toEqual([]);
    });

    test('no table holds anything else than before, but for who may do what', async () => {
      const now = await digestOf(ground.gateway);
      const made = /^credential|^access_token$|^sealed_secret$|^audit/;
      const differing = Object.keys(now).filter((table) => now[table] !== untouched[table] && !made.test(table));
      expect(differing).toEqual([]);
    });
  });

  describe('granted, what is asked for is answered', () => {
    test.each(ATTRIBUTES)('$key', async (attribute) => {
      log.take();
      expect((await granted(readingCasesOf(attribute, ground))).filter(Boolean)).toEqual([]);
      // Otherwise nothing would be shown by what denied cases do not name.
      expect(log.take().some(namingOf(attribute))).toBe(true);
    });
  });

  describe('denied in the result of a mutation', () => {
    test.each(ATTRIBUTES)('$key', async (attribute) => {
      expect((await denied(attribute, resultCases(attribute, ground))).filter(Boolean)).toEqual([]);
      // Whoever writes a person finds them by id, and the gateway notes when they were written.
      if (attribute.key === 'id') return;
      expect(await naming(attribute, resultCases, attribute.readOnly ? isReading : isAboutPeople)).toEqual([]);
    });
  });

  describe('granted, what is written is kept and answered', () => {
    test.each(ATTRIBUTES)('$key', async (attribute) => {
      const faults: (string | null)[] = [];
      for (const one of writingCasesOf(attribute, ground)) faults.push(...(await granted([one])));
      expect(faults.filter(Boolean)).toEqual([]);
    });
  });

  test('the denials told of every place that names an attribute', () => {
    const missing = ATTRIBUTES.filter(({ key }) => key !== 'id').flatMap((attribute) =>
      coordinatesOf(attribute, ground.schema)
        .filter((coordinate) => !told.get(attribute.key)?.has(coordinate))
        .map((coordinate) => `${attribute.key} at ${coordinate}`),
    );
    expect(missing).toEqual([]);
  });
}

function isReading({ text }: RecordedStatement): boolean {
  return !/\b(INSERT INTO|UPDATE|DELETE FROM)\b/.test(text);
}
