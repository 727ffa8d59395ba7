import { isCurrentTimeZone } from './time-zone';

const TIME = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(?:([A-Za-z][\w/+-]*)|[+-](\d{1,2})(?::?([0-5]\d))?)?\s*$/;

/**
 * Whether a text is an ISO 8601 time with an existing date and a time zone that every image has. PostgreSQL accepts more formats (other orders,
 * names of months), but their meaning depends on `datestyle`.
 */
export function isRecoveryTime(text: string): boolean {
  const match = TIME.exec(text);
  if (match === null) { return false; }
  const at = (group: number): number => Number(match[group] ?? 0);
  const [year, month, day, hour, minute, second, offsetHours] = [at(1), at(2), at(3), at(4), at(5), at(6), at(8)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
  const isTime = minute < 60 && second <= 60 && (hour < 24 || (hour === 24 && minute === 0 && second === 0));
  return isDay && isTime && offsetHours < 16 && (match[7] === undefined || isCurrentTimeZone(match[7]));
}
