/** Levels of brackets in an operation's text, and of lists and objects in its variables. */
export const DEEPEST_NESTING = 64;

/** What can be told of an operation's text without parsing it. */
export interface TextShape {
  /** How deep its brackets nest. */
  readonly nesting: number;
  /** Characters of its longest name or number. */
  readonly longestName: number;
}

/**
 * Parser and validator call themselves once per level, so text that is nested too deeply must be found before they see it; this
 * looks at each character once and calls nothing. Names count too: an alias comes back with each item of a list.
 */
export function shapeOfText(text: string): TextShape {
  let depth = 0;
  let nesting = 0;
  let longestName = 0;
  let nameStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isOfName(text.charCodeAt(at))) {
      longestName = Math.max(longestName, at + 1 - nameStart);
      continue;
    }
    if (character === '"') at = endOfString(text, at);
    else if (character === '#') at = endOfLine(text, at);
    else if (character === '{' || character === '[' || character === '(') nesting = Math.max(nesting, (depth += 1));
    else if (character === '}' || character === ']' || character === ')') depth -= 1;
    nameStart = at + 1;
  }
  return { nesting, longestName };
}

// GraphQL specification, section 2.1.9: letters, digits and the underscore.
function isOfName(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

function endOfString(text: string, start: number): number {
  const isBlock = text.startsWith('"""', start);
  const end = isBlock ? '"""' : '"';
  let at = start + end.length;
  while (at < text.length && !text.startsWith(end, at)) {
    // A string that is not a block ends with its line; the parser will refuse it.
    if (!isBlock && text[at] === '\n') return at;
    at += lengthAt(text, at, isBlock);
  }
  return at + end.length - 1;
}

// In a block a backslash escapes its end, and nothing else.
function lengthAt(text: string, at: number, isBlock: boolean): number {
  if (isBlock) return text.startsWith('\\"""', at) ? 4 : 1;
  return text[at] === '\\' ? 2 : 1;
}

function endOfLine(text: string, start: number): number {
  const end = text.slice(start).search(/[\n\r]/);
  return end === -1 ? text.length : start + end;
}

/** Whether lists and objects nest more deeply than `most`. Level by level, because a call per level could end the stack. */
export function nestsDeeper(value: unknown, most: number): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= most) return true;
    level = level.flatMap((nested): unknown[] => Object.values(nested)).filter(isNested);
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
