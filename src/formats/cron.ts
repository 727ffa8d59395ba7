import { parseGoDuration } from './go-duration';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: ReadonlyArray<string>;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of the month, month, day of the week: Sunday is 0 and nothing else. */
const FIELDS: readonly [Field, Field, Field, Field, Field] = [
  { min: 0, max: 59 }, { min: 0, max: 23 }, { min: 1, max: 31 }, { min: 1, max: 12, names: MONTHS }, { min: 0, max: 6, names: WEEKDAYS },
];

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * The values that one field allows, none where it is commas only, and whether it is open: a day of the month and a day of the week are both
 * enough where neither field is.
 */
interface Values {
  readonly all: ReadonlyArray<number>;
  readonly open: boolean;
}

/** When a cron text fires. */
export type Schedule = { readonly every: number } | { readonly fields: ReadonlyArray<Values> };

/**
 * Reads a cron text as the parser does that cert-manager uses (github.com/robfig/cron v3, five fields and descriptors); undefined where it is
 * refused.
 */
export function parseCron(text: string): Schedule | undefined {
  const spec = text.replace(/^(?:CRON_)?TZ=\S+\s+/, '');
  if (spec.startsWith('@every ')) {
    const interval = parseGoDuration(spec.slice('@every '.length));
    // Rounded down to seconds, and never below one.
    return interval === undefined ? undefined : { every: Math.max(1000, Math.floor(interval / 1000) * 1000) };
  }
  const parts = (Object.hasOwn(DESCRIPTORS, spec) ? DESCRIPTORS[spec]! : spec).trim().split(/\s+/);
  if (parts.length !== FIELDS.length) { return undefined; }
  const fields = parts.map((part, index) => parseField(part, FIELDS[index]!));
  return fields.every((field) => field !== undefined) ? { fields } : undefined;
}

/** The longest time in milliseconds that passes without a start of any of the schedules; infinite where none ever starts. */
export function longestPause(schedules: ReadonlyArray<Schedule>): number {
  const intervals = schedules.flatMap((schedule) => ('every' in schedule ? [schedule.every] : []));
  const calendars = schedules.flatMap((schedule) => ('fields' in schedule ? [schedule.fields] : []))
    .filter(([minutes, hours]) => minutes!.all.length > 0 && hours!.all.length > 0);
  return Math.min(...intervals, longestCalendarPause(calendars));
}

/** Whether two schedules have a start in the same minute. An interval has no fixed minute, and is compared with nothing. */
export function startTogether(one: Schedule, other: Schedule): boolean {
  if ('every' in one || 'every' in other) { return false; }
  const meet = (index: number) => one.fields[index]!.all.some((value) => other.fields[index]!.all.includes(value));
  if (!meet(0) || !meet(1)) { return false; }
  for (let day = 0; day < SURVEYED_DAYS; day += 1) {
    const date = new Date(day * DAY);
    if (fallsOn(one.fields, date) && fallsOn(other.fields, date)) { return true; }
  }
  return false;
}

/** Two leap days are among them: what does not start in that time is a day that no month has. */
const SURVEYED_DAYS = 9 * 366;

function longestCalendarPause(calendars: ReadonlyArray<ReadonlyArray<Values>>): number {
  let previous: number | undefined;
  let longest = 0;
  for (let day = 0; day < SURVEYED_DAYS; day += 1) {
    const today = calendars.filter((fields) => fallsOn(fields, new Date(day * DAY)));
    if (today.length === 0) { continue; }
    const start = day * DAY + Math.min(...today.map(firstOfDay));
    longest = Math.max(longest, previous === undefined ? start : start - previous, ...(today.length === 1 ? [longestPauseInDay(today[0]!)] : []));
    previous = day * DAY + Math.max(...today.map(lastOfDay));
  }
  return previous === undefined ? Infinity : longest;
}

function fallsOn([, , days, months, weekdays]: ReadonlyArray<Values>, date: Date): boolean {
  const [inMonth, onWeekday] = [days!.all.includes(date.getUTCDate()), weekdays!.all.includes(date.getUTCDay())];
  const day = days!.open || weekdays!.open ? inMonth && onWeekday : inMonth || onWeekday;
  return day && months!.all.includes(date.getUTCMonth() + 1);
}

function firstOfDay([minutes, hours]: ReadonlyArray<Values>): number {
  return hours!.all[0]! * HOUR + minutes!.all[0]! * MINUTE;
}

function lastOfDay([minutes, hours]: ReadonlyArray<Values>): number {
  return hours!.all.at(-1)! * HOUR + minutes!.all.at(-1)! * MINUTE;
}

function longestPauseInDay([minutes, hours]: ReadonlyArray<Values>): number {
  const withinHour = steps(minutes!.all) * MINUTE;
  const overHours = hours!.all.length > 1 ? steps(hours!.all) * HOUR - (minutes!.all.at(-1)! - minutes!.all[0]!) * MINUTE : 0;
  return Math.max(withinHour, overHours);
}

function steps(values: ReadonlyArray<number>): number {
  return Math.max(0, ...values.slice(1).map((value, index) => value - values[index]!));
}

function parseField(text: string, field: Field): Values | undefined {
  const ranges = text.split(',').filter((range) => range !== '').map((range) => parseRange(range, field));
  if (ranges.some((range) => range === undefined)) { return undefined; }
  const all = [...new Set(ranges.flatMap((range) => range!.all))].sort((a, b) => a - b);
  return { all, open: ranges.some((range) => range!.open) };
}

function parseRange(text: string, field: Field): Values | undefined {
  const [bounds, stepText, ...furtherSteps] = text.split('/');
  const [lowText, highText, ...furtherBounds] = bounds!.split('-');
  const open = lowText === '*' || lowText === '?';
  const low = open ? field.min : parseValue(lowText!, field.names, field.min);
  // One value with a step means from there on.
  const last = highText === undefined && stepText === undefined ? low : highText === undefined ? field.max : parseValue(highText, field.names, field.min);
  const high = open ? field.max : last;
  const step = stepText === undefined ? 1 : parseValue(stepText);
  if (low === undefined || high === undefined || !step || furtherSteps.length > 0 || (!open && furtherBounds.length > 0)) { return undefined; }
  if (low < field.min || high > field.max || low > high) { return undefined; }
  const all = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
  return { all, open: open && step === 1 };
}

function parseValue(text: string, names: ReadonlyArray<string> = [], first = 0): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) { return named + first; }
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
