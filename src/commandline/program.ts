import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { addAdminCommand } from './admin.command';
import { addAuditCommand } from './audit.command';
import { addBackupCommands } from './backup.command';
import { addContractCommand } from './contract.command';
import { addCredentialCommand } from './credential.command';
import { addDoctorCommand } from './doctor.command';
import { addErrorsCommand } from './errors.command';
import { addFeedbackCommand } from './feedback.command';
import { addImportCommand } from './import.command';
import { addKeysCommand } from './keys.command';
import { addMigrateCommand } from './migrate.command';
import { addMigrateStoreCommand } from './migrate-store.command';
import { addPersonioCommand } from './personio.command';
import { addProtectionCommands } from './protection.command';
import { addSchemaCommand } from './schema.command';
import { addStartCommand } from './start.command';

/** Every command of `fieldgate`; none has run yet. */
export function fieldgateCommands(): Command {
  const program = new Command('fieldgate')
    .description('A GraphQL gateway over employee data that checks every attribute against the credential that asks.')
    .version(packageVersion())
    .addHelpText(
      'after',
      `
Environment:
  PORT          4000
  HOST          127.0.0.1
  DATA_DIR      ./data
  DATABASE_URL  postgres://… instead of the embedded SQLite
  PUBLIC_URL    how clients reach the gateway, when that is not http://HOST:PORT`,
    );
  addStartCommand(program);
  addPersonioCommand(addImportCommand(program));
  addCredentialCommand(program);
  addAdminCommand(program);
  addAuditCommand(program);
  addFeedbackCommand(program);
  addKeysCommand(program);
  addMigrateCommand(program);
  addMigrateStoreCommand(program);
  addDoctorCommand(program);
  addBackupCommands(program);
  addProtectionCommands(program);
  addSchemaCommand(program);
  addContractCommand(program);
  addErrorsCommand(program);
  return program;
}

/** Of the package that this is a part of: as sources, or one folder deeper as what is built of them. */
function packageVersion(): string {
  const places = ['../..', '../../..'].map((place) => path.resolve(__dirname, place, 'package.json'));
  const manifest = JSON.parse(readFileSync(places.find(existsSync) ?? '', 'utf8')) as { readonly version: string };
  return manifest.version;
}
