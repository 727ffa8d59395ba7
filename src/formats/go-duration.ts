import { Duration } from 'cdk8s';

const UNITS_IN_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, 'µs': 1e-3, 'μs': 1e-3, ns: 1e-6 };
// Both the micro sign and the Greek letter.
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** Go counts nanoseconds in 63 bits: a little more than 292 years. */
const LONGEST_IN_MS = 2 ** 63 / 1e6;

/**
 * The canonical text of a duration, as Go's `time.Duration.String` prints it (`2160h0m0s`).
 *
 * Old cert-manager releases and GitOps tools rewrite any other spelling and then report drift.
 */
export function formatGoDuration(duration: Duration): string {
  return formatMilliseconds(duration.toMilliseconds({ integral: false }));
}

/** The same for a number of milliseconds. */
export function formatMilliseconds(ms: number): string {
  if (ms === 0) { return '0s'; }
  if (ms < 1000) { return `${trim(ms)}ms`; }
  const hours = Math.floor(ms / UNITS_IN_MS['h']!);
  const minutes = Math.floor((ms % UNITS_IN_MS['h']!) / UNITS_IN_MS['m']!);
  const seconds = trim((ms % UNITS_IN_MS['m']!) / 1000);
  if (hours > 0) { return `${hours}h${minutes}m${seconds}s`; }
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** Milliseconds of a Go duration text, or undefined where Go's `time.ParseDuration` refuses it (`90d`, `P90D`, `90`). */
export function parseGoDuration(text: unknown): number | undefined {
  if (typeof text !== 'string') { return undefined; }
  // A fleet uses the same few durations thousands of times.
  if (!known.has(text)) {
    if (known.size > 1000) { known.clear(); }
    known.set(text, parse(text));
  }
  return known.get(text);
}

const known = new Map<string, number | undefined>();

function parse(text: string): number | undefined {
  const negative = text.startsWith('-');
  const body = text.replace(/^[+-]/, '');
  if (body === '0') { return 0; }
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const match = PART.exec(body);
    if (!match) { return undefined; }
    total += Number(match[1]) * UNITS_IN_MS[match[2]!]!;
  }
  if (body === '' || total >= LONGEST_IN_MS) { return undefined; }
  return negative ? -total : total;
}

function trim(value: number): string {
  return String(Number(value.toFixed(9)));
}
