import { isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const venafiCaBundleInvalid: Rule<TypedIssuer> = {
  id: 'venafi-ca-bundle-invalid',
  code: 'PGTLS-I21',
  title: 'caBundle of a Venafi issuer is not a base64-encoded PEM certificate',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/issuer/venafi/client/venaficlient.go: the client rejects it; the webhook does not check it',
  check: ({ source }) => {
    const caBundle = valueAt(source, 'tpp.caBundle');
    return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () => 'venafi.tpp.caBundle is not a base64-encoded PEM certificate');
  },
  fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
};
