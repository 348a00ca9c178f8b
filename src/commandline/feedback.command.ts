import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '../errors';
import { feedbackCsv } from '../feedback/feedback-csv';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';

/** Adds `feedback export`. */
export function addFeedbackCommand(program: Command): void {
  program
    .command('feedback')
    .description('What admins think of the gateway')
    .command('export')
    .description('Write all feedback as CSV, oldest first')
    .argument('<file>', 'where to; - for standard output')
    .option('--json', 'print one JSON object about the file')
    .action(exportFeedback);
}

async function exportFeedback(file: string, options: OutputOptions): Promise<void> {
  await inHouse(async (house) => {
    const feedback = await house.feedback.all();
    const csv = feedbackCsv(feedback);
    if (file === '-') return void process.stdout.write(csv);
    writeOut(file, csv);
    tell(options, { file, count: feedback.length }, `${feedback.length} written to ${file}.`);
  });
}

function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {}, { cause });
  }
}
