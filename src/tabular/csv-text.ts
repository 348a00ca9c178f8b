/** @returns rows as CSV (RFC 4180) that no spreadsheet runs */
export function csvText(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map((value) => cell(String(value))).join(',')}\r\n`).join('');
}

/**
 * A spreadsheet runs a cell that starts like a formula, even when it is quoted. An apostrophe in front makes it text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
