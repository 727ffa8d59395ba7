import { AUTHORITY_ISSUER_RULES, AUTHORITY_RULES } from './certificates/authority';
import { IDENTITY_RULES } from './certificates/identity';
import { KEY_RULES } from './certificates/keys';
import { TIME_RULES } from './certificates/time';
import { AUTHORITY_CHANGE_RULES } from './changes/authority-change';
import { CA_CHANGE_RULES } from './changes/ca-change';
import { consentRules } from './changes/consents';
import { DATABASE_CHANGE_RULES, DATABASE_REMOVAL_RULES } from './changes/database-change';
import { IMMUTABLE_CHANGE_RULES } from './changes/immutable-change';
import { VOLUME_CHANGE_RULES } from './changes/volume-change';
import { RuleContext } from './engine/rule-context';
import { LocatedViolation, RuleTable } from './engine/rule-table';
import { ACME_ISSUER_RULES } from './issuers/acme-issuers';
import { ACME_ORDER_RULES, NAMED_AUTHORITY_RULES } from './issuers/acme-orders';
import { ISSUER_RULES } from './issuers/issuers';
import { VAULT_ISSUER_RULES } from './issuers/vault-issuers';
import { VENAFI_ISSUER_RULES } from './issuers/venafi-issuers';
import { OBJECT_RULES, OUTPUT_RULES } from './objects/objects';
import { REFERENCE_NAME_RULES } from './objects/reference-names';
import { ISSUER_REFERENCE_RULES, REFERENCE_RULES } from './objects/references';
import { STRUCTURE_RULES } from './objects/structure';
import { INSTANCE_RULES } from './pods/instances';
import { MOUNT_RULES } from './pods/mounts';
import { NETWORK_ACCESS_RULES } from './pods/network-access';
import { PUBLISHED_HOST_RULES } from './pods/published-hosts';
import { QUOTA_RULES } from './pods/quotas';
import { SELECTOR_RULES } from './pods/selectors';
import { WRITTEN_RULES } from './pods/written';
import { SERVER_RULES } from './servers/servers';
import { SHARED_CLIENT_CA_RULES } from './servers/shared-client-ca';
import { APPROVAL_RULES, POLICY_RULES } from './trust/approval';
import { TRUST_RULES } from './trust/trust';

/** The rules that a consent lets pass. */
const CONSENT_TABLES = [VOLUME_CHANGE_RULES, DATABASE_REMOVAL_RULES, DATABASE_CHANGE_RULES, CA_CHANGE_RULES];

/** Every rule over manifests, by what it is about. */
export const RULE_TABLES: ReadonlyArray<RuleTable> = [
  OBJECT_RULES,
  OUTPUT_RULES,
  STRUCTURE_RULES,
  REFERENCE_RULES,
  REFERENCE_NAME_RULES,
  ISSUER_REFERENCE_RULES,
  IDENTITY_RULES,
  KEY_RULES,
  TIME_RULES,
  AUTHORITY_ISSUER_RULES,
  AUTHORITY_RULES,
  ISSUER_RULES,
  ACME_ISSUER_RULES,
  ACME_ORDER_RULES,
  NAMED_AUTHORITY_RULES,
  VAULT_ISSUER_RULES,
  VENAFI_ISSUER_RULES,
  TRUST_RULES,
  AUTHORITY_CHANGE_RULES,
  POLICY_RULES,
  APPROVAL_RULES,
  MOUNT_RULES,
  WRITTEN_RULES,
  SERVER_RULES,
  SHARED_CLIENT_CA_RULES,
  NETWORK_ACCESS_RULES,
  PUBLISHED_HOST_RULES,
  INSTANCE_RULES,
  SELECTOR_RULES,
  QUOTA_RULES,
  IMMUTABLE_CHANGE_RULES,
  ...CONSENT_TABLES,
  consentRules(CONSENT_TABLES),
];

/** What every rule finds. */
export function evaluateAll(manifests: RuleContext): LocatedViolation[] {
  return RULE_TABLES.flatMap((table) => table.evaluate(manifests));
}
