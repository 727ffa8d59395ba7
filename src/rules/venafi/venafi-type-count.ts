import { exactlyOneError } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, ISSUER_WEBHOOK } from '../engine/sources';

const PRODUCTS = ['tpp', 'cloud', 'ngts'];

export const venafiTypeCount: Rule<TypedIssuer> = {
  id: 'venafi-type-count',
  code: 'PGTLS-I20',
  title: 'Venafi issuer without exactly one of tpp, cloud and ngts',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, certManagerFile('deploy/crds/cert-manager.io_issuers.yaml')],
  check: ({ source }, report) => {
    const fault = exactlyOneError(PRODUCTS, source);
    if (fault !== undefined) { report('spec.venafi', `venafi ${fault}`); }
  },
  fix: 'set one of tpp, cloud and ngts',
};
