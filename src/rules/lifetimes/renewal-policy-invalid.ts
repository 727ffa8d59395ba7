import { isWindowDuration, scheduleOf, windowsOf } from './renewal-windows';
import { isGiven, mapping, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, certManagerFile } from '../engine/sources';

export const renewalPolicyInvalid: Rule<CertificateNode> = {
  id: 'renewal-policy-invalid',
  code: 'PGTLS-D06',
  title: 'invalid renewal policy or window',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    CERTIFICATE_WEBHOOK,
    certManagerFile('pkg/util/util.go', 'CronParse'),
    certManagerFile('deploy/crds/cert-manager.io_certificates.yaml', 'the pattern of windowDuration'),
  ],
  check: ({ spec }, report) => {
    if (!isGiven(spec['renewal'])) { return; }
    const { policy } = mapping(spec['renewal']);
    const windows = windowsOf(spec['renewal']);
    if (policy === 'Disabled') {
      if (windows.length > 0) { report('spec.renewal.windows', 'renewal.windows is set although renewal.policy is Disabled'); }
      return;
    }
    if (policy !== 'RenewBefore') { report('spec.renewal.policy', `renewal.policy '${text(policy)}' is neither RenewBefore nor Disabled`); }
    windows.forEach(({ cron, windowDuration, timezone }, index) => {
      const path = `spec.renewal.windows[${index}]`;
      if (!isWindowDuration(windowDuration)) {
        report(`${path}.windowDuration`, `renewal windowDuration '${text(windowDuration)}' is not a duration in hours, minutes and seconds`);
      }
      if (isGiven(timezone) && !isTimeZone(text(timezone))) { report(`${path}.timezone`, `renewal timezone '${text(timezone)}' is not an IANA time zone`); }
      if (scheduleOf({ cron, timezone }) === undefined) {
        report(`${path}.cron`, `renewal cron '${text(cron)}' is not a cron expression of minute, hour, day of month, month and day of week (0 to 6)`);
      }
    });
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
