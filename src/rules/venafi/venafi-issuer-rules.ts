import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';
import { venafiTypeCount } from './venafi-type-count';
import { venafiCaBundleInvalid } from './venafi-ca-bundle-invalid';

/** Rules about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(issuersOfType('venafi'), [
  venafiTypeCount,
  venafiCaBundleInvalid,
]);
