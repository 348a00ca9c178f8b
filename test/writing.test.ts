import sql from 'sql-template-tag';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';

const CREATE = `mutation ($values: EmployeeInput!, $number: String, $key: String) {
  createEmployee(values: $values, personnelNumber: $number, idempotencyKey: $key) {
    employee { id firstName lastName version } userErrors { field code message }
  } }`;
const UPDATE = `mutation ($id: ID!, $values: EmployeeInput!, $version: Int) {
  updateEmployee(id: $id, values: $values, version: $version) {
    employee { id firstName fixSalary { amount currency } version lastModifiedAt } userErrors { field code message }
  } }`;
const UPSERT = `mutation ($rows: [UpsertEmployeeInput!]!, $mode: WriteMode) {
  upsertEmployees(rows: $rows, mode: $mode) {
    applied rows { index status employee { id } userErrors { field code } }
  } }`;

describe.each(databases)('writing people on $name', (database) => {
  let gateway: TestGateway;
  let writer: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 1_000_000 } });
    writer = await gateway.credential({
      read: ['EMPLOYEES'],
      write: ['EMPLOYEES'],
      attributes: ['firstName', 'lastName', 'email', 'supervisor', 'hireDate', 'fixSalary', 'costCenters', 'department', 'lastModifiedAt', 'custom.shirtSize', 'custom.laptopCount', 'terminationDate', 'lastWorkingDay', 'absenceEntitlement'],
    });
  });

  afterAll(() => gateway.close());

  test('creates', async () => {
    const { body } = await gateway.query(writer, CREATE, { values: { firstName: ' Ada ', lastName: 'L', email: 'ada@new.example', hireDate: '2026-01-02', fixSalary: { amount: 10.5, currency: 'eur' }, costCenters: [{ name: 'New', percentage: 100 }], department: 'New dept', customAttributes: [{ key: 'laptopCount', value: 3 }] } });
    expect(body).toEqual({});
  });
  test('updates', async () => {
    const { body } = await gateway.query(writer, UPDATE, { id: '5', values: { firstName: 'Xavier', supervisor: '6', fixSalary: null } });
    expect(body).toEqual({});
  });
  test('upserts', async () => {
    const { body } = await gateway.query(writer, UPSERT, { rows: [{ id: '5', values: { firstName: 'Y' } }, { personnelNumber: 'N1', values: { firstName: 'Z' } }] });
    expect(body).toEqual({});
  });
  test('changes', async () => {
    expect(await gateway.house.store.read(sql`SELECT * FROM employee_change`)).toEqual({});
    expect(present(1)).toBe(1);
  });
});
