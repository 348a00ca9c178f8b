/** The operation as a line for a shell. The secret is a variable of the shell, so none stands in its history. */
export function curlOf(query: string, variables: string): string {
  const body = JSON.stringify({ query, ...(variables.trim() === '' ? {} : { variables: parsed(variables) }) });
  return [
    `curl -s ${window.location.origin}/graphql \\`,
    `  -u "$CLIENT_ID:$CLIENT_SECRET" -H 'content-type: application/json' \\`,
    `  -d '${body.replaceAll("'", `'\\''`)}'`,
  ].join('\n');
}

function parsed(variables: string): unknown {
  try {
    return JSON.parse(variables);
  } catch {
    return {};
  }
}
