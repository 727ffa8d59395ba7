import { displayName } from '../../kubernetes';
import { PodContext, showsKey } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { caFilesInUse } from './mount-shared';

export const caKeyMounted: Rule<PodContext> = {
  id: 'ca-key-mounted',
  code: 'PGTLS-E16',
  severity: Severity.WARNING,
  title: 'CA private key mounted into a pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 4.2.1.9: the key of a CA certificate signs certificates',
  check: (context) => {
    const used = new Set(caFilesInUse(context).map(({ certificate }) => certificate));
    return context.mounts.filter(({ certificate, source }) => certificate.isCa && showsKey(source) && !used.has(certificate))
      .map(({ certificate, container, source }) => `container '${container.name}' mounts the private key of the CA ${displayName(certificate.at)} in volume '${source.volume}'`);
  },
  fix: 'mount ca.crt or tls.crt only (items), or acknowledge the warning if the pod has to sign certificates',
};
