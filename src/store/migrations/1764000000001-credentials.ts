import type { MigrationInterface, QueryRunner } from 'typeorm';
import { boolean, createTable, integer, optional, primary, text } from './table';

const ofCredential = { references: { table: 'credential', onDelete: 'CASCADE' } } as const;

export class Credentials1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'credential', [
      text('id', primary),
      text('client_id', { uniqueIndex: 'credential_client_id' }),
      text('name'),
      text('name_key', { uniqueIndex: 'credential_name_key' }),
      boolean('enabled'),
      text('expires_at', optional),
      text('denial_mode'),
      integer('permission_version'),
      integer('token_epoch', { default: 1 }),
      integer('version'),
      text('created_at', { index: 'credential_created_at' }),
      text('updated_at'),
    ]);
    await createGrants(runner);
    await createSecrets(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [
      'access_token',
      'credential_secret',
      'credential_attribute',
      'credential_module',
      'credential',
    ]) {
      await runner.dropTable(name);
    }
  }
}

async function createGrants(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'credential_module', [
    text('credential_id', { ...primary, ...ofCredential }),
    text('module', primary),
    boolean('can_read'),
    boolean('can_write'),
  ]);
  await createTable(runner, 'credential_attribute', [
    text('credential_id', { ...primary, ...ofCredential }),
    text('attribute_key', { ...primary, index: 'credential_attribute_key' }),
    boolean('can_read'),
    boolean('can_write'),
  ]);
}

async function createSecrets(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'credential_secret', [
    text('id', primary),
    text('credential_id', { ...ofCredential, index: 'credential_secret_credential' }),
    text('mac'),
    text('pepper_id'),
    text('created_at'),
    text('expires_at', optional),
  ]);
  await createTable(runner, 'access_token', [
    text('id', primary),
    text('mac', { uniqueIndex: 'access_token_mac' }),
    text('credential_id', { ...ofCredential, index: 'access_token_credential' }),
    text('secret_id', {
      references: { table: 'credential_secret', onDelete: 'CASCADE' },
      index: 'access_token_secret',
    }),
    integer('token_epoch'),
    text('issued_at'),
    text('expires_at', { index: 'access_token_expires_at' }),
  ]);
}
