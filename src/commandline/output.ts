import { GatewayError, UsageError } from '../errors';

/** How a command tells its result: one JSON object for scripts, or text for people. */
export interface OutputOptions {
  readonly json?: boolean;
}

/** Prints a command's result on standard output. */
export function tell(options: OutputOptions, result: object, text: string): void {
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${text}\n`);
}

/** Prints why a command failed and sets exit code 1. What a person cannot mend is shown with its stack. */
export function tellProblem(options: OutputOptions, error: unknown): void {
  process.exitCode = 1;
  const known = error instanceof UsageError || error instanceof GatewayError;
  if (options.json && known) process.stdout.write(`${JSON.stringify({ error: problemOf(error) })}\n`);
  else process.stderr.write(`${known ? error.message : stackOf(error)}\n`);
}

function problemOf(error: UsageError | GatewayError): object {
  const { message } = error;
  return error instanceof GatewayError
    ? { code: error.code, message, ...error.details }
    : { message, ...error.details };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
