import { z } from 'zod';

/*
 * The shape of version 1 of Personio's published API: https://developer.personio.de/reference and
 * https://github.com/personio/api-docs (personio-personnel-data-api-oa3.yaml). Only what is read is asked for, so that a
 * member which is added there breaks nothing here.
 */

const metadata = z.looseObject({
  total_elements: z.number().int().nonnegative().optional(),
  current_page: z.number().int().nonnegative().optional(),
  total_pages: z.number().int().nonnegative().optional(),
});

const page = z.looseObject({ success: z.literal(true), data: z.array(z.unknown()), metadata: metadata.optional() });

export type PersonioPage = z.infer<typeof page>;

/** @returns undefined for what is no page of data */
export function readPage(json: unknown): PersonioPage | undefined {
  return page.safeParse(json).data;
}

const token = z.looseObject({ success: z.literal(true), data: z.looseObject({ token: z.string().min(1) }) });

/** @returns undefined for what is no answer with a token */
export function readToken(json: unknown): string | undefined {
  return token.safeParse(json).data?.data.token;
}

const attribute = z.looseObject({
  label: z.string().optional(),
  value: z.unknown(),
  type: z.string().nullish(),
  currency: z.string().nullish(),
});

/** One attribute of a person, with what Personio says of it. */
export type PersonioAttribute = z.infer<typeof attribute>;

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^[\w-]{1,64}$/)]).transform(String);

const employee = z.looseObject({ attributes: z.record(z.string(), attribute) });
const idAttribute = z.looseObject({ value: id });

/** A person whom Personio tells. */
export interface PersonioEmployee {
  readonly id: string;
  readonly attributes: ReadonlyMap<string, PersonioAttribute>;
}

/** @returns undefined for what is no person with an id */
export function readEmployee(item: unknown): PersonioEmployee | undefined {
  const parsed = employee.safeParse(item).data;
  const own = idAttribute.safeParse(parsed?.attributes['id']).data;
  return parsed && own ? { id: own.value, attributes: new Map(Object.entries(parsed.attributes)) } : undefined;
}

const named = z.looseObject({ attributes: z.looseObject({ name: z.string() }) });

/** The name of a department, a project and the like. */
export function readName(value: unknown): unknown {
  return named.safeParse(value).data?.attributes.name ?? value ?? null;
}

const person = z.looseObject({ attributes: z.looseObject({ id: z.union([idAttribute, id]) }) });

/** The id of a person who stands inside something else. */
export function readPersonId(value: unknown): unknown {
  const found = person.safeParse(value).data?.attributes.id;
  return typeof found === 'object' ? found.value : (found ?? value ?? null);
}

const timeOff = z.looseObject({
  attributes: z.looseObject({
    id,
    status: z.string().nullish(),
    comment: z.string().nullish(),
    start_date: z.string(),
    end_date: z.string(),
    half_day_start: z.union([z.boolean(), z.number()]).nullish(),
    half_day_end: z.union([z.boolean(), z.number()]).nullish(),
    time_off_type: named,
    employee: z.unknown(),
  }),
});

export type PersonioTimeOff = z.infer<typeof timeOff>['attributes'];

export function readTimeOff(item: unknown): PersonioTimeOff | undefined {
  return timeOff.safeParse(item).data?.attributes;
}

const attendance = z.looseObject({
  id,
  attributes: z.looseObject({
    employee: id,
    date: z.string(),
    start_time: z.string(),
    end_time: z.string().nullish(),
    break: z.number().nullish(),
    comment: z.string().nullish(),
    status: z.string().nullish(),
    project: z.unknown(),
  }),
});

export type PersonioAttendance = z.infer<typeof attendance>;

export function readAttendance(item: unknown): PersonioAttendance | undefined {
  return attendance.safeParse(item).data;
}
