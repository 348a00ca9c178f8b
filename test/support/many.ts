import type { TestGateway } from './gateway';

/** Rows from 1 to `count`, to be multiplied with. */
const numbers = (count: number) =>
  `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;

// Past the house: thousands made one by one would take a minute, and nothing here is about making them.
export async function addCredentials({ house }: TestGateway, count: number): Promise<void> {
  await house.store.write(async (manager) => {
    await manager.query(`${numbers(count)} INSERT INTO credential
      (id, client_id, name, name_key, enabled, denial_mode, permission_version, version, created_at, updated_at, last_used_at)
      SELECT 'many-' || n, 'fgci_many' || n, 'Integration ' || n, 'integration ' || n, n % 7 <> 0, 'NULL_AND_ERROR', 1, 1,
        '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z',
        CASE WHEN n % 3 = 0 THEN NULL ELSE '2026-06-01T00:00:00.000Z' END
      FROM numbers`);
    await manager.query(`INSERT INTO credential_module (credential_id, module, can_read, can_write)
      SELECT id, 'EMPLOYEES', TRUE, FALSE FROM credential WHERE id LIKE 'many-%'`);
    await manager.query(`INSERT INTO credential_attribute (credential_id, attribute_key, can_read, can_write)
      SELECT id, attribute_key, TRUE, FALSE FROM credential,
        (SELECT 'firstName' AS attribute_key UNION SELECT 'lastName' UNION SELECT 'email' UNION SELECT 'fixSalary') keys
      WHERE id LIKE 'many-%'`);
  });
  // Within a minute PostgreSQL looks at new rows by itself; nobody waits for that here.
  if (house.store.dialect === 'postgres') await house.store.write((manager) => manager.query('ANALYZE'));
}

export async function addCustomAttributes({ house }: TestGateway, count: number): Promise<void> {
  await house.store.write((manager) =>
    manager.query(`${numbers(count)} INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options)
      SELECT 'field' || n, 'Custom field ' || n, 'Eigenes Feld ' || n, 'TEXT',
        CASE n % 3 WHEN 0 THEN 'LOW' WHEN 1 THEN 'MEDIUM' ELSE 'HIGH' END, '[]'
      FROM numbers`),
  );
}
