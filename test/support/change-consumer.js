'use strict';

// A consumer of the change feed as somebody would write it, in a process of its own so that it can be killed at any moment.
// It appends each page to a file, events and cursor in one line, and goes on behind the last whole line.
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');

const [, , url, authorization, file] = process.argv;
const QUERY =
  'query ($after: String) { changes(first: 200, after: $after) { edges { cursor node { employeeId attribute } } } }';

function lastCursor() {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // What a kill cut off in the middle is fetched again.
  if (whole !== text) writeFileSync(file, whole);
  const lines = whole.trim().split('\n');
  return lines[0] ? JSON.parse(lines.at(-1)).at(-1).cursor : null;
}

async function page(after) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: QUERY, variables: { after } }),
  });
  const { data } = await response.json();
  return data.changes.edges;
}

async function consume() {
  let cursor = lastCursor();
  for (;;) {
    const edges = await page(cursor);
    if (edges.length > 0) {
      appendFileSync(file, `${JSON.stringify(edges)}\n`);
      cursor = edges.at(-1).cursor;
    } else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

process.send('It asks.');
consume().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
