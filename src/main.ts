import 'reflect-metadata';
import { Command } from 'commander';
import { addAdminCommand } from './commandline/admin.command';
import { addAuditCommand } from './commandline/audit.command';
import { addBackupCommands } from './commandline/backup.command';
import { addContractCommand } from './commandline/contract.command';
import { addCredentialCommand } from './commandline/credential.command';
import { addDoctorCommand } from './commandline/doctor.command';
import { addFeedbackCommand } from './commandline/feedback.command';
import { addImportCommand } from './commandline/import.command';
import { addKeysCommand } from './commandline/keys.command';
import { addMigrateCommand } from './commandline/migrate.command';
import { addMigrateStoreCommand } from './commandline/migrate-store.command';
import { addPersonioCommand } from './commandline/personio.command';
import { addProtectionCommands } from './commandline/protection.command';
import { addSchemaCommand } from './commandline/schema.command';
import { addStartCommand } from './commandline/start.command';
import { tellProblem } from './commandline/output';

const program = new Command('fieldgate')
  .description('A GraphQL gateway over employee data that checks every attribute against the credential that asks.')
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

program.parseAsync().catch((error: unknown) => tellProblem({ json: process.argv.includes('--json') }, error));
