import type { Command } from 'commander';
import { backUp, type BackupReport } from '../backup/backup';
import type { LaterChange } from '../backup/later-events';
import { restore, type RestoreReport } from '../backup/restore';
import type { SwitchedOff } from '../backup/restored-access.store';
import { readConfig } from '../config';
import { tell, type OutputOptions } from './output';
import { startProgress } from './progress';

interface BackupCommandOptions extends OutputOptions {
  readonly programs?: string;
}

interface RestoreCommandOptions extends BackupCommandOptions {
  readonly audit?: string;
  readonly head?: string;
  readonly keepEnabled?: boolean;
}

const PROGRAMS = ['--programs <folder>', "where PostgreSQL's pg_dump and pg_restore are"] as const;

/** Adds `backup FILE` and `restore FILE`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('Write the whole store into a new file, while gateways go on working; the keys are not in it')
    .argument('<file>', 'where to')
    .option(...PROGRAMS)
    .option('--json', 'print one JSON object')
    .action(backup);
  program
    .command('restore')
    .description('Fill an empty place from a backup; nobody who was switched off meanwhile comes back')
    .argument('<file>', 'a backup')
    .option('--audit <file>', 'an export of the audit log that is newer: tells what changed after the backup')
    .option('--head <hash>', "the end of the lost store's audit log: if it is the backup's, nothing changed after it")
    .option('--keep-enabled', 'leave credentials enabled, whatever happened to them after the backup')
    .option(...PROGRAMS)
    .option('--json', 'print one JSON object')
    .action(restoreFrom);
}

async function backup(file: string, options: BackupCommandOptions): Promise<void> {
  const progress = startProgress('Backing up');
  const onProgress = (share: number) => progress.update(share);
  const report = await backUp(readConfig(), file, { programs: options.programs, onProgress }).finally(() =>
    progress.stop(),
  );
  tell(options, report, backupText(report));
}

function backupText({ file, bytes, head }: BackupReport): string {
  return [
    `${file} holds the whole store: ${bytes} bytes, ${head.sequence} events in its audit log.`,
    `The head of the audit log is ${head.hash}.`,
    'The keys are not in it. Keep a copy of them elsewhere: without them no secret works.',
  ].join('\n');
}

async function restoreFrom(file: string, options: RestoreCommandOptions): Promise<void> {
  const { audit, head, programs, keepEnabled = false } = options;
  const report = await restore(readConfig(), file, { audit, head, programs, keepEnabled });
  tell(options, report, restoreText(report, keepEnabled));
}

function restoreText(report: RestoreReport, keepEnabled: boolean): string {
  return [
    `The store is back as it was at event ${report.head.sequence} of its audit log. Every token and session has ended.`,
    '',
    knowledgeText(report, keepEnabled),
    ...(report.later?.changes ?? []).map(changeText),
    ...offText('Disabled credentials', report.credentials),
    ...offText('Disabled admins', report.admins),
    ...listText('Admins whose account at the identity provider was unlinked', report.unlinked),
    ...listText('Admins with a lesser role again', report.demoted),
    ...listText('Attributes that are out of use again', report.attributes),
    ...listText('People who were erased again, by id', report.people.map(String)),
    ...(report.seals
      ? ['', 'Secrets are shown once again: what those of the backup could be shown from is deleted.']
      : []),
    ...(report.feature
      ? ['', 'The API-credentials section is closed again, or open for as long as the log tells and no longer.']
      : []),
    '',
    `${report.enabled} credentials are enabled. Look at each of those that are off before you enable it again.`,
    'Passwords and secrets that were changed after the backup are the old ones again.',
  ].join('\n');
}

function knowledgeText({ knowledge, later }: RestoreReport, keepEnabled: boolean): string {
  switch (knowledge) {
    case 'NOTHING_HAPPENED':
      return 'Nothing happened after the backup: its audit log ends with the given head.';
    case 'FROM_EXPORT':
      return `${later?.count ?? 0} events happened after the backup, the last known one at ${later?.until ?? ''}. They changed:`;
    case 'NOTHING_KNOWN':
      return keepEnabled
        ? 'WARNING: nobody knows what happened after the backup. Credentials that were disabled since are enabled again.'
        : 'WARNING: nobody knows what happened after the backup, so every credential is disabled. With --audit FILE only those ' +
            'are that changed, and with --keep-enabled none.';
  }
}

function changeText({ kind, name, actions }: LaterChange): string {
  return `  ${kind.toLowerCase()} ${JSON.stringify(name)}: ${actions.join(', ').toLowerCase()}`;
}

function offText(title: string, off: readonly SwitchedOff[]): string[] {
  return listText(
    title,
    off.map(({ name }) => name),
  );
}

function listText(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : ['', `${title}:`, ...names.map((name) => `  ${JSON.stringify(name)}`)];
}
