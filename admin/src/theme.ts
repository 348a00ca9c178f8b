import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eef8f4',
  '#d9efe6',
  '#b3dfce',
  '#86ccb2',
  '#58b896',
  '#33a07c',
  '#1f8265',
  '#176653',
  '#125345',
  '#0c3d33',
];

const gray: MantineColorsTuple = [
  '#f6f8f7',
  '#eef1f0',
  '#e3e8e6',
  '#d3dad7',
  '#b7c1bd',
  '#8b9692',
  '#66716d',
  '#4c5753',
  '#333c39',
  '#1c2422',
];

const dark: MantineColorsTuple = [
  '#e4eae7',
  '#b6c1bc',
  '#95a29d',
  '#66736e',
  '#3d4945',
  '#303b37',
  '#26302d',
  '#191f1d',
  '#131816',
  '#0d1110',
];

/** Every pair of colours is checked for contrast by the browser tests, in light and in dark. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  colors: { pine, gray, dark },
  defaultRadius: 'md',
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.78125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Table: { defaultProps: { borderColor: 'var(--line)' } },
    TableScrollContainer: { defaultProps: { type: 'native' } },
    Button: { defaultProps: { size: 'sm' } },
    // The head of a window is not a second head of the page.
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        attributes: { header: { role: 'presentation' } },
      },
    },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--drawer-width': '46rem' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c2422',
    '--mantine-color-dimmed': '#57625e',
    '--mantine-color-placeholder': '#66716d',
    '--mantine-color-anchor': '#176653',
    '--mantine-color-error': '#b42318',
    '--surface-sunken': '#f6f8f7',
    '--surface-hover': '#f1f5f3',
    '--surface-selected': '#eaf4f0',
    '--line': '#e3e8e6',
    '--tone-good': '#1f8a5b',
    '--tone-bad': '#c02b1d',
    '--tone-warn': '#b76e00',
    '--tone-quiet': '#8b9692',
    '--text-bad': '#a3231a',
    '--text-warn': '#855000',
    '--text-good': '#176653',
    '--wash-bad': '#fdf0ee',
    '--wash-warn': '#fdf5e4',
    '--wash-good': '#eaf4f0',
  },
  dark: {
    '--mantine-color-body': '#191f1d',
    '--mantine-color-text': '#e4eae7',
    '--mantine-color-dimmed': '#a3afaa',
    '--mantine-color-placeholder': '#95a29d',
    '--mantine-color-anchor': '#7ccdb0',
    '--mantine-color-error': '#ff9b8f',
    '--surface-sunken': '#131816',
    '--surface-hover': '#202826',
    '--surface-selected': '#1d302a',
    '--line': '#303b37',
    '--tone-good': '#4cc38a',
    '--tone-bad': '#f2695c',
    '--tone-warn': '#e5a63b',
    '--tone-quiet': '#66736e',
    '--text-bad': '#ffa79c',
    '--text-warn': '#f0bd66',
    '--text-good': '#7ccdb0',
    '--wash-bad': '#3a1f1c',
    '--wash-warn': '#352a16',
    '--wash-good': '#1d302a',
  },
});
