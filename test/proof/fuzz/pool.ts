/** The values that people have and that operations ask for. Few, so that they meet. */
export const WORDS = [
  'Ada',
  'ada',
  'Ärger',
  'Arger',
  'Straße',
  'O’Neil',
  "O'Neil",
  '100%',
  'a_b',
  'back\\slash',
  'Zoë',
  '😀 smile',
  '北京',
  'Ben',
  'Cleo',
  'Dora',
  'Emil',
  'Fritz',
  'Greta',
  'Hugo',
  'Ida',
  'Jan',
  'Kim',
  'Lou',
] as const;
/** In addition to whole words: parts of them, and what stands in no value. */
export const PARTS = ['a', 'A', 'ä', 'ss', '%', '_', "'", '\\', 'o', '@', 'zzz', '', '10'] as const;
export const NUMBERS = [0, 1, 12.5, 40, -3, 0.1, 1_000_000, 99_999.99] as const;
export const DAYS = ['2019-12-31', '2020-02-29', '2024-01-01', '2025-06-15', '2026-01-31'] as const;
export const MOMENTS = [
  '2024-01-01T00:00:00.000Z',
  '2025-03-30T01:59:59.999Z',
  '2025-12-24T18:00:00.000Z',
  '2026-01-31T08:30:00.000Z',
] as const;
export const UNITS = ['North', 'süd', 'East'] as const;
export const CURRENCIES = ['EUR', 'USD'] as const;
export const ENTITLEMENTS = ['Vacation', 'Observation', 'Sick'] as const;

/** Custom attributes that both databases have. */
export const CUSTOM = [
  { name: 'nick', type: 'TEXT' },
  { name: 'notes', type: 'MULTILINE' },
  { name: 'level', type: 'INTEGER' },
  { name: 'factor', type: 'DECIMAL' },
  { name: 'since', type: 'DATE' },
  { name: 'remote', type: 'BOOLEAN' },
  { name: 'size', type: 'LIST' },
  { name: 'tags', type: 'TAGS' },
] as const;
export type CustomType = (typeof CUSTOM)[number]['type'];
/** One custom attribute is in the first database only, another in the second: that one exists is not told either. */
export const LONELY = ['onlyHere', 'onlyThere'] as const;
