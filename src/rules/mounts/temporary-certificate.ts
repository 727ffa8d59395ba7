import { mapping, text } from '../../data';
import { displayName } from '../../kubernetes';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { serverMounts, certificatesOf } from './mount-shared';

const TEMPORARY = 'cert-manager.io/issue-temporary-certificate';

export const temporaryCertificate: Rule<PodContext> = {
  id: 'temporary-certificate',
  code: 'PGTLS-A11',
  title: 'issue-temporary-certificate on the certificate of a database server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager pkg/util/pki/temporarycertificate.go: signed by a throw-away CA that no peer trusts, without ca.crt',
  check: (context) =>
    certificatesOf(serverMounts(context))
      .filter(({ at }) => text(mapping(mapping(at.manifest['metadata'])['annotations'])[TEMPORARY]) === 'true')
      .map(({ at }) => `${displayName(at)} has the annotation ${TEMPORARY}, and the database mounts its Secret`),
  fix: 'remove the annotation: the pod then waits until the real certificate is issued',
};
