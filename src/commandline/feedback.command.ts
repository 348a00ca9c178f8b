import type { Command } from 'commander';
import { feedbackCsv } from '../feedback/feedback-csv';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';
import { writeText } from './text-files';

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
    writeText(file, csv);
    tell(options, { file, count: feedback.length }, `${feedback.length} written to ${file}.`);
  });
}
