import { exactlyOneError, isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import { issuersOfType, TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const PRODUCTS = ['tpp', 'cloud', 'ngts'];

/** Rules about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(issuersOfType('venafi'), [
  {
    code: 'PGTLS-I20',
    title: 'Venafi issuer without exactly one of tpp, cloud and ngts',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/issuer.go) and schema',
    check: ({ source }) => {
      const fault = exactlyOneError(PRODUCTS, source);
      return when(fault !== undefined, () => `venafi ${fault}`);
    },
    fix: 'set one of tpp, cloud and ngts',
  },
  {
    code: 'PGTLS-I21',
    title: 'caBundle of a Venafi issuer is not a base64-encoded PEM certificate',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/venafi/client/venaficlient.go: the client rejects it; the webhook does not check it',
    check: ({ source }) => {
      const caBundle = valueAt(source, 'tpp.caBundle');
      return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () => 'venafi.tpp.caBundle is not a base64-encoded PEM certificate');
    },
    fix: 'encode the PEM text, including the BEGIN CERTIFICATE line, in base64, once and without line breaks',
  },
] satisfies Rule<TypedIssuer>[]);
