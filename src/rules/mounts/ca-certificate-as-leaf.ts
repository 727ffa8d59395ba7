import { displayName } from '../../kubernetes';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { caFilesInUse } from './mount-shared';

export const caCertificateAsLeaf: Rule<PodContext> = {
  id: 'ca-certificate-as-leaf',
  code: 'PGTLS-E12',
  title: 'CA certificate used as server or client certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 4.2.1.9: the key of a CA certificate signs certificates',
  check: (context) => caFilesInUse(context).map(({ certificate, use }) => `${use} presents ${displayName(certificate.at)}, which is a CA certificate (isCA)`),
  fix: 'issue a leaf certificate from this CA and mount that instead',
};
