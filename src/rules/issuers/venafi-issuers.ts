import { holdsEncodedCertificate } from '../../formats';
import { issuersOfType, IssuerSubject } from '../../pki';
import { at, isGiven, notExactlyOne, text } from '../../data';
import { Basis, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const PRODUCTS = ['tpp', 'cloud', 'ngts'];

/** What is proven about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(issuersOfType('venafi'), [
  {
    code: 'PGTLS-I20',
    title: 'a Venafi issuer without exactly one product',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/issuer.go) and schema',
    broken: ({ source }) => {
      const fault = notExactlyOne(PRODUCTS, source);
      return when(fault !== undefined, () => `venafi ${fault}`);
    },
    remedy: 'give one of tpp, cloud and ngts',
  },
  {
    code: 'PGTLS-I21',
    title: 'a caBundle for a Venafi platform that holds no certificate',
    basis: Basis.STALLS,
    source: 'cert-manager pkg/issuer/venafi/client/venaficlient.go: the client refuses it; the webhook does not look',
    broken: ({ source }) => {
      const caBundle = at(source, 'tpp.caBundle');
      return when(isGiven(caBundle) && !holdsEncodedCertificate(text(caBundle)), () => 'venafi.tpp.caBundle is not the base64 of a certificate in PEM');
    },
    remedy: 'encode the PEM text, BEGIN CERTIFICATE and all, in base64, once and in one line',
  },
] satisfies Rule<IssuerSubject>[]);
