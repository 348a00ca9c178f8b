/** How a command tells its result: one JSON object for scripts, or text for people. */
export interface OutputOptions {
  readonly json?: boolean;
}

/** Prints a command's result on standard output. */
export function tell(options: OutputOptions, result: object, text: string): void {
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${text}\n`);
}
