import { caBundleInvalid } from './ca-bundle-invalid';
import { caBundleSetTwice } from './ca-bundle-set-twice';
import { issuerFieldEmpty } from './issuer-field-empty';
import { issuerSecretRefIncomplete } from './issuer-secret-ref-incomplete';
import { issuerSecretRefInvalid } from './issuer-secret-ref-invalid';
import { issuerServerNotUrl } from './issuer-server-not-url';
import { issuerTypeCount } from './issuer-type-count';
import { issuerUrlEmpty } from './issuer-url-empty';
import { issuerUrlInvalid } from './issuer-url-invalid';
import { ruleTable } from '../engine/rule-table';

/** Rules about every Issuer and ClusterIssuer. */
export const ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  issuerTypeCount,
  issuerSecretRefIncomplete,
  issuerSecretRefInvalid,
  caBundleInvalid,
  caBundleSetTwice,
  issuerFieldEmpty,
  issuerUrlEmpty,
  issuerUrlInvalid,
  issuerServerNotUrl,
]);
