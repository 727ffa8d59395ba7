import { text } from '../../data';
import { formatMilliseconds, longestPause, parseGoDuration } from '../../formats';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { windowsOf, scheduleOf, hasNoLength } from './time-shared';

export const renewalWindowTooLate: Rule<CertificateNode> = {
  id: 'renewal-window-too-late',
  code: 'PGTLS-D13',
  severity: Severity.WARNING,
  title: 'renewal windows that may not open before the certificate expires',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/util/pki/renewaltime.go: the next window may open after the certificate has expired',
  check: (certificate) => {
    const { spec, renewBefore, isRenewed, hasSoundTimes } = certificate;
    const windows = windowsOf(spec['renewal']);
    const schedules = windows.flatMap((window) => scheduleOf(window) ?? []);
    if (!isRenewed || !hasSoundTimes || schedules.length === 0 || schedules.length < windows.length) { return []; }
    if (windows.some(hasNoLength)) { return []; }
    const closed = longestPause(schedules) - Math.max(...windows.map(({ windowDuration }) => parseGoDuration(windowDuration) ?? 0));
    const crons = windows.map(({ cron }) => `'${text(cron)}'`).join(', ');
    return when(closed >= renewBefore, () => closed === Infinity
      ? `renewal windows at ${crons} never open`
      : `renewal windows at ${crons} are closed for up to ${formatMilliseconds(closed)}, but the renewBefore period is only ${formatMilliseconds(renewBefore)}`);
  },
  fix: 'let the windows open more often, or increase renewBefore',
};
