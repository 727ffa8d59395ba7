import { exactlyOneError } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

const PRODUCTS = ['tpp', 'cloud', 'ngts'];

export const venafiTypeCount: Rule<TypedIssuer> = {
  id: 'venafi-type-count',
  code: 'PGTLS-I20',
  title: 'Venafi issuer without exactly one of tpp, cloud and ngts',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager webhook (validation/issuer.go) and schema',
  check: ({ source }) => {
    const fault = exactlyOneError(PRODUCTS, source);
    return when(fault !== undefined, () => `venafi ${fault}`);
  },
  fix: 'set one of tpp, cloud and ngts',
};
