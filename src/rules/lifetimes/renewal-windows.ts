import { mapping, mappings, text } from '../../data';
import { parseCron, parseGoDuration } from '../../formats';

/** A window in which cert-manager may renew a certificate. */
export interface RenewalWindow {
  readonly cron?: unknown;
  readonly windowDuration?: unknown;
  readonly timezone?: unknown;
}

export function windowsOf(renewal: unknown): RenewalWindow[] {
  return mappings(mapping(renewal)['windows']);
}

/** cert-manager puts the time zone in front of the cron text (pkg/util, CronParse). */
export function scheduleOf({ cron, timezone }: RenewalWindow) {
  return parseCron(text(timezone) === '' ? text(cron) : `CRON_TZ=${text(timezone)} ${text(cron)}`);
}

/** The pattern is that of the CRD, narrower than Go's. */
export function isWindowDuration(value: unknown): boolean {
  return /^([0-9]+(\.[0-9]+)?(s|m|h))+$/.test(text(value)) && parseGoDuration(value) !== undefined;
}

export function hasNoLength({ windowDuration }: RenewalWindow): boolean {
  return isWindowDuration(windowDuration) && parseGoDuration(windowDuration) === 0;
}
