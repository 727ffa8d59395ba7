import { isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, ISSUER_WEBHOOK } from '../engine/sources';

export const caBundleInvalid: Rule<IssuerNode> = {
  id: 'ca-bundle-invalid',
  code: 'PGTLS-I04',
  title: 'caBundle is not a base64-encoded PEM certificate',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, certManagerFile('deploy/crds/cert-manager.io_issuers.yaml', "the format 'byte' excludes invalid base64, including line breaks")],
  check: ({ spec }, report) => {
    for (const field of ['acme.caBundle', 'vault.caBundle']) {
      const caBundle = valueAt(spec, field);
      if (isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle))) {
        report(`spec.${field}`, `${field} '${excerpt(text(caBundle))}' is not a base64-encoded PEM certificate`);
      }
    }
  },
  fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
};

/** The beginning of a long text. */
function excerpt(value: string): string {
  return value.length <= 32 ? value : `${value.slice(0, 32)}…`;
}
