import { open, rm, type FileHandle } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { House } from '../app';
import { COMMAND_LINE } from '../audit/audit-event';
import { UsageError } from '../errors';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';

interface VerifyOptions extends OutputOptions {
  readonly head?: string;
}

/** Adds `audit verify|export`. */
export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('The record of what was changed, shown and refused');
  audit
    .command('verify')
    .description('Follow the chain of hashes from the first event to the last')
    .option('--head <hash>', 'fail unless this event is still part of the chain: the head of an earlier run')
    .option('--json', 'print one JSON object')
    .action((options: VerifyOptions) => inHouse((house) => verify(house, options)));
  audit
    .command('export')
    .description('Write every event as JSON, one on each line, the oldest first')
    .argument('<file>', 'where to; - is standard output')
    .action((file: string) => inHouse((house) => exportTo(house, file)));
}

async function verify({ audit }: House, options: VerifyOptions): Promise<void> {
  const report = await audit.verify();
  if (report.outcome === 'BROKEN') {
    const { sequence, fault } = report.fault;
    throw new UsageError(`The chain is broken: event ${sequence} is ${fault.toLowerCase()}.`, report.fault);
  }
  if (options.head !== undefined && !(await audit.has(options.head))) {
    throw new UsageError('The chain is whole, but the given head is not part of it: it was cut or made anew.');
  }
  const { sequence, hash } = report.head;
  tell(options, { events: sequence, head: hash }, `The chain of ${sequence} events is whole. Its head is ${hash}.`);
}

async function exportTo(house: House, file: string): Promise<void> {
  if (file === '-') return writeTo(house, process.stdout);
  // Before the log says that it was exported.
  const target = (await newFile(file)).createWriteStream();
  try {
    await writeTo(house, target);
  } catch (error) {
    target.destroy();
    // What was begun would be in the way of the next try.
    await rm(file, { force: true });
    throw error;
  }
}

async function writeTo({ audit, store }: House, target: Writable): Promise<void> {
  await store.write((manager) => audit.append(manager, { action: 'AUDIT_EXPORTED', actor: COMMAND_LINE }));
  await pipeline(Readable.from(linesOf(audit.all())), target, { end: target !== process.stdout });
}

async function newFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const why = isThere ? 'is there already. Nothing was overwritten.' : 'cannot be written.';
    throw new UsageError(`${file} ${why}`, {}, { cause });
  }
}

async function* linesOf(events: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
