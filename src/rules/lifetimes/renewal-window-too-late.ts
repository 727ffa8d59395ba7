import { hasNoLength, scheduleOf, windowsOf } from './renewal-windows';
import { text } from '../../data';
import { formatMilliseconds, longestPause, parseGoDuration } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const renewalWindowTooLate: Rule<CertificateNode> = {
  id: 'renewal-window-too-late',
  code: 'PGTLS-D13',
  severity: Severity.WARNING,
  title: 'renewal windows that may not open before the certificate expires',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/util/pki/renewaltime.go', 'the next window may open after the certificate has expired')],
  check: (certificate, report) => {
    const { spec, renewBefore, isRenewed, hasSoundTimes } = certificate;
    const windows = windowsOf(spec['renewal']);
    const schedules = windows.flatMap((window) => scheduleOf(window) ?? []);
    if (!isRenewed || !hasSoundTimes || schedules.length === 0 || schedules.length < windows.length) { return; }
    if (windows.some(hasNoLength)) { return; }
    const closed = longestPause(schedules) - Math.max(...windows.map(({ windowDuration }) => parseGoDuration(windowDuration) ?? 0));
    if (closed < renewBefore) { return; }
    const crons = windows.map(({ cron }) => `'${text(cron)}'`).join(', ');
    report('spec.renewal.windows', closed === Infinity
      ? `renewal windows at ${crons} never open`
      : `renewal windows at ${crons} are closed for up to ${formatMilliseconds(closed)}, but the renewBefore period is only ${formatMilliseconds(renewBefore)}`);
  },
  fix: 'let the windows open more often, or increase renewBefore',
};
