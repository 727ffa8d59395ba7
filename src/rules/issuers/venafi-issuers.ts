import { exactlyOneError, isGiven, text, valueAt } from '../../data';
import { holdsEncodedCertificate } from '../../formats';
import { issuersOfType, TypedIssuer } from '../../pki';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const PRODUCTS = ['tpp', 'cloud', 'ngts'];

/** What is proven about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(issuersOfType('venafi'), [
  {
    code: 'PGTLS-I20',
    title: 'a Venafi issuer without exactly one product',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/issuer.go) and schema',
    check: ({ source }) => {
      const fault = exactlyOneError(PRODUCTS, source);
      return when(fault !== undefined, () => `venafi ${fault}`);
    },
    fix: 'give one of tpp, cloud and ngts',
  },
  {
    code: 'PGTLS-I21',
    title: 'a caBundle for a Venafi platform that holds no certificate',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/venafi/client/venaficlient.go: the client refuses it; the webhook does not look',
    check: ({ source }) => {
      const caBundle = valueAt(source, 'tpp.caBundle');
      return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () => 'venafi.tpp.caBundle is not the base64 of a certificate in PEM');
    },
    fix: 'encode the PEM text, BEGIN CERTIFICATE and all, in base64, once and in one line',
  },
] satisfies Rule<TypedIssuer>[]);
