import { isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const venafiCaBundleInvalid: Rule<TypedIssuer> = {
  id: 'venafi-ca-bundle-invalid',
  code: 'PGTLS-I21',
  title: 'caBundle of a Venafi issuer is not a base64-encoded PEM certificate',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/issuer/venafi/client/venaficlient.go', 'the client rejects it; the webhook does not check it')],
  check: ({ source }, report) => {
    const caBundle = valueAt(source, 'tpp.caBundle');
    if (isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle))) {
      report('spec.venafi.tpp.caBundle', 'venafi.tpp.caBundle is not a base64-encoded PEM certificate');
    }
  },
  fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
};
