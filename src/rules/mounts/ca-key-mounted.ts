import { presentedCas } from './presented-cas';
import { shownKeyField } from './shown-key-field';
import { displayName } from '../../kubernetes';
import { type PodContext, showsKey } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { rfc } from '../engine/sources';

export const caKeyMounted: Rule<PodContext> = {
  id: 'ca-key-mounted',
  code: 'PGTLS-E16',
  severity: Severity.WARNING,
  title: 'CA private key mounted into a pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(5280, '4.2.1.9', 'the key of a CA certificate signs certificates')],
  check: (context, report) => {
    const presented = new Set(presentedCas(context).map(({ certificate }) => certificate));
    for (const { certificate, container, source } of context.mounts) {
      if (certificate.isCa && showsKey(source) && !presented.has(certificate)) {
        report(shownKeyField(source), `container '${container.name}' mounts the private key of the CA ${displayName(certificate.at)} in volume '${source.volume}'`);
      }
    }
  },
  fix: 'mount ca.crt or tls.crt only (items), or acknowledge the warning if the pod has to sign certificates',
};
