import { presentedCas } from './presented-cas';
import { displayName } from '../../kubernetes';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { rfc } from '../engine/sources';

export const caCertificateAsLeaf: Rule<PodContext> = {
  id: 'ca-certificate-as-leaf',
  code: 'PGTLS-E12',
  title: 'CA certificate used as server or client certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(5280, '4.2.1.9', 'the key of a CA certificate signs certificates')],
  check: (context, report) => {
    for (const { certificate, source, by } of presentedCas(context)) { report(source.nameField, `${by} presents ${displayName(certificate.at)}, which is a CA certificate (isCA)`); }
  },
  fix: 'issue a leaf certificate from this CA and mount that instead',
};
