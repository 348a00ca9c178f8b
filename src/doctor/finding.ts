/** Something that is wrong, in words that help whoever has to mend it. Never a value of data, and never a secret. */
export interface Finding {
  /** Stable, for scripts. */
  readonly code: string;
  /** An ERROR stops the gateway, or breaks what it promises; a WARNING is a risk that somebody may have chosen. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** Looks at one thing. */
export interface Check {
  readonly name: string;
  run(): Promise<readonly Finding[]>;
}

export function error(code: string, what: string, why: string, remedy: string): Finding {
  return { code, severity: 'ERROR', what, why, remedy };
}

export function warning(code: string, what: string, why: string, remedy: string): Finding {
  return { code, severity: 'WARNING', what, why, remedy };
}
