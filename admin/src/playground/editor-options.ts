/** What all editors of the page share. */
export const EDITOR_OPTIONS = {
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSize: 13,
  lineHeight: 20,
  // Its menu is in English only; all that it offers has a button or a key.
  contextmenu: false,
  padding: { top: 8, bottom: 8 },
  bracketPairColorization: { enabled: false },
  scrollbar: { alwaysConsumeMouseWheel: false },
  fixedOverflowWidgets: true,
  // The number of an empty last line would be dimmed below the contrast that all else has.
  renderFinalNewline: 'on',
} as const;
