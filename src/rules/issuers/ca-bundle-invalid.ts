import { isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK, source } from '../engine/sources';

export const caBundleInvalid: Rule<IssuerNode> = {
  id: 'ca-bundle-invalid',
  code: 'PGTLS-I04',
  title: 'caBundle is not a base64-encoded PEM certificate',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, source('the schema\'s format byte rejects invalid base64, including line breaks')],
  check: ({ spec }) => ['acme', 'vault'].flatMap((type) => {
    const caBundle = valueAt(spec, `${type}.caBundle`);
    return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () =>
      `${type}.caBundle '${excerpt(text(caBundle))}' is not a base64-encoded PEM certificate`);
  }),
  fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
};

/** The beginning of a long text. */
function excerpt(value: string): string {
  return value.length <= 32 ? value : `${value.slice(0, 32)}…`;
}
