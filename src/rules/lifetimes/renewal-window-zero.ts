import { text } from '../../data';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { windowsOf, hasNoLength } from './time-shared';

export const renewalWindowZero: Rule<CertificateNode> = {
  id: 'renewal-window-zero',
  code: 'PGTLS-D14',
  title: 'renewal windowDuration of zero',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager internal/controller/certificates/policies/checks.go, seen with 1.21.2: the controller crashes, again after every restart',
  check: ({ spec, isRenewed }) => windowsOf(spec['renewal']).filter((window) => isRenewed && hasNoLength(window))
    .map(({ windowDuration }) => `renewal windowDuration ${text(windowDuration)} crashes the cert-manager controller for the whole cluster`),
  fix: 'set a windowDuration greater than zero, for example 1h',
};
