/** Something in a configuration file that must be mended. */
export interface ConfigurationProblem {
  /** From 1 on; null when it is about the file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
  /** Such as `credentials[3].expires`. */
  readonly path: string;
  readonly message: string;
}

/** A file that cannot be applied, with everything that is wrong with it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  /** In the order of the file. */
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    const ordered = [...problems].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
    super(ordered.map(problemLine).join('\n'));
    this.problems = ordered;
  }
}

function problemLine({ line, column, path, message }: ConfigurationProblem): string {
  const place = line === null ? '' : `${line}:${column ?? 1} `;
  return `  ${place}${path ? `${path}: ` : ''}${message}`;
}
