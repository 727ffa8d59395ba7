/** Whether the last day of an acknowledgement has passed, in UTC; throws for a text that is not a date. */
export function isExpired(place: string, until: string | undefined, now: Date): boolean {
  if (until === undefined) { return false; }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until) ? new Date(`${until}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== until) { throw new Error(`${place}until '${until}' is not a date; write it as 2027-01-31`); }
  return until < now.toISOString().slice(0, 10);
}
