import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  readonly number: (value: number) => string;
  readonly date: (value: string) => string;
  /** From one day to another one; a single day when both are the same. */
  readonly period: (first: string, last: string) => string;
  readonly dateTime: (value: string) => string;
  /** How long ago, or how far ahead, in the largest unit that fits. */
  readonly relative: (value: string) => string;
  /** Picks the label of the language that is shown. */
  readonly label: (label: { readonly en: string; readonly de: string }) => string;
  readonly list: (values: readonly string[]) => string;
}

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => formatFor(language), [language]);
}

function formatFor(language: string): Format {
  const locale = language === 'en' ? 'en-GB' : language;
  const number = new Intl.NumberFormat(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  // A day has no time zone: west of Greenwich, its midnight in UTC is still the day before.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value) => number.format(value),
    date: (value) => (value.includes('T') ? date : day).format(new Date(value)),
    period: (first, last) => day.formatRange(new Date(first), new Date(last)),
    dateTime: (value) => dateTime.format(new Date(value)),
    relative: (value) => relativeText(relative, (Date.parse(value) - Date.now()) / 1000),
    label: (label) => (language === 'de' ? label.de : label.en),
    list: (values) => list.format(values),
  };
}

function relativeText(format: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ['minute', 60];
  return format.format(Math.trunc(seconds / size), unit);
}
