import { venafiCaBundleInvalid } from './venafi-ca-bundle-invalid';
import { venafiTypeCount } from './venafi-type-count';
import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';

/** Rules about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(issuersOfType('venafi'), [
  venafiTypeCount,
  venafiCaBundleInvalid,
]);
