/** Whether the last day of an acknowledgement has passed, in UTC; throws for a text that is not a date. */
export function isExpired(place: string, until: string | undefined, now: Date): boolean {
  if (until === undefined) { return false; }
  if (!isDate(until)) { throw new Error(`${place}until '${until}' is not a date; write it as 2027-01-31`); }
  return until < now.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, as `2027-01-31`. */
export function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
