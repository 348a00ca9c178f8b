import { useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';

export const THEMES = { light: 'fieldgate-light', dark: 'fieldgate-dark' } as const;

/** Every pair of colours is checked for contrast by the browser tests, as those of the admin UI are. */
const COLORS = {
  light: {
    base: 'vs',
    text: '1c2422',
    back: 'ffffff',
    quiet: '57625e',
    keyword: '6a3fa0',
    field: '0c4a6e',
    name: '8a3b12',
    text2: '176653',
    number: '9a3412',
  },
  dark: {
    base: 'vs-dark',
    text: 'e4eae7',
    back: '191f1d',
    quiet: 'a3afaa',
    keyword: 'cdb0f5',
    field: '9ad1f5',
    name: 'f2b48a',
    text2: '7ccdb0',
    number: 'f0bd66',
  },
} as const;

/** Gives the editors the colours of the page. Answers whether they are there, which takes the editor's code. */
export function useThemes(): boolean {
  const monaco = useMonaco((state) => state.monaco);
  const { setTheme } = useGraphiQLActions();
  const scheme = useComputedColorScheme('light');
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (!monaco) return;
    for (const name of ['light', 'dark'] as const) monaco.editor.defineTheme(THEMES[name], themeOf(COLORS[name]));
    setTheme(scheme);
    setReady(true);
  }, [monaco, scheme, setTheme]);
  return isReady;
}

type Colors = (typeof COLORS)[keyof typeof COLORS];

function themeOf({ base, text, back, quiet, keyword, field, name, text2, number }: Colors) {
  const rule = (token: string, foreground: string) => ({ token, foreground });
  return {
    base,
    inherit: true,
    rules: [
      rule('', text),
      rule('comment', quiet),
      rule('keyword', keyword),
      rule('keyword.gql', keyword),
      rule('key.identifier.gql', field),
      rule('identifier.gql', text),
      rule('argument.identifier.gql', name),
      rule('type.identifier.gql', text2),
      rule('delimiter', quiet),
      rule('operator.gql', quiet),
      rule('string', text2),
      rule('string.key.json', field),
      rule('string.value.json', text2),
      rule('number', number),
      rule('keyword.json', keyword),
    ],
    colors: {
      'editor.background': `#${back}`,
      'editor.foreground': `#${text}`,
      'editorLineNumber.foreground': `#${quiet}`,
      'editorLineNumber.activeForeground': `#${text}`,
      'editorBracketHighlight.foreground1': `#${quiet}`,
      'editorBracketHighlight.foreground2': `#${quiet}`,
      'editorBracketHighlight.foreground3': `#${quiet}`,
    },
  };
}
