import { hasNoLength, windowsOf } from './renewal-windows';
import { text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const renewalWindowZero: Rule<CertificateNode> = {
  id: 'renewal-window-zero',
  code: 'PGTLS-D14',
  title: 'renewal windowDuration of zero',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('internal/controller/certificates/policies/checks.go', 'seen with 1.21.2: the controller crashes, again after every restart')],
  check: ({ spec, isRenewed }, report) => {
    if (!isRenewed) { return; }
    windowsOf(spec['renewal']).forEach((window, index) => {
      if (!hasNoLength(window)) { return; }
      report(`spec.renewal.windows[${index}].windowDuration`, `renewal windowDuration ${text(window.windowDuration)} crashes the cert-manager controller for the whole cluster`);
    });
  },
  fix: 'set a windowDuration greater than zero, for example 1h',
};
