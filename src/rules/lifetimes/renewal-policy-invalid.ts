import { isGiven, mapping, text } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { windowsOf, scheduleOf, isWindowDuration } from './time-shared';

export const renewalPolicyInvalid: Rule<CertificateNode> = {
  id: 'renewal-policy-invalid',
  code: 'PGTLS-D06',
  title: 'invalid renewal policy or window',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/certificate.go, github.com/robfig/cron) and its CRD',
  check: ({ spec }) => {
    if (!isGiven(spec['renewal'])) { return []; }
    const { policy } = mapping(spec['renewal']);
    const windows = windowsOf(spec['renewal']);
    if (policy === 'Disabled') { return when(windows.length > 0, () => 'renewal.windows is set although renewal.policy is Disabled'); }
    return [
      ...when(policy !== 'RenewBefore', () => `renewal.policy '${text(policy)}' is neither RenewBefore nor Disabled`),
      ...windows.flatMap(({ cron, windowDuration, timezone }) => [
        ...when(!isWindowDuration(windowDuration),
          () => `renewal windowDuration '${text(windowDuration)}' is not a duration in hours, minutes and seconds`),
        ...when(isGiven(timezone) && !isTimeZone(text(timezone)), () => `renewal timezone '${text(timezone)}' is not an IANA time zone`),
        ...when(scheduleOf({ cron, timezone }) === undefined,
          () => `renewal cron '${text(cron)}' is not a cron expression of minute, hour, day of month, month and day of week (0 to 6)`),
      ]),
    ];
  },
  fix: 'set a policy; set windows only with RenewBefore, each with a windowDuration and a five-field cron',
};

/** Go looks names up in files, so case matters; `Local` is a special name. */
function isTimeZone(name: string): boolean {
  if (name === 'Local') { return true; }
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    const spelledOtherwise = timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
    return /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name) && !spelledOtherwise;
  } catch {
    return false;
  }
}
