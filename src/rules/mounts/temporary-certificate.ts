import { firstOfEach, serverMounts } from './server-mounts';
import { mapping, text } from '../../data';
import { displayName } from '../../kubernetes';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

const TEMPORARY = 'cert-manager.io/issue-temporary-certificate';

export const temporaryCertificate: Rule<PodContext> = {
  id: 'temporary-certificate',
  code: 'PGTLS-A11',
  title: 'issue-temporary-certificate on the certificate of a database server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [certManagerFile('pkg/util/pki/temporarycertificate.go', 'signed by a throw-away CA that no peer trusts, without ca.crt')],
  check: (context, report) => {
    for (const { certificate: { at }, source } of firstOfEach(serverMounts(context))) {
      if (text(mapping(mapping(at.manifest['metadata'])['annotations'])[TEMPORARY]) === 'true') {
        report(source.nameField, `${displayName(at)} has the annotation ${TEMPORARY}, and the database mounts its Secret`);
      }
    }
  },
  fix: 'remove the annotation: the pod then waits until the real certificate is issued',
};
