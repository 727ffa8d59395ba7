import { Inventory } from './inventory';
import { LocatedVerdict, RuleTable } from './rule-table';
import { ACME_ISSUER_RULES } from './rules/acme-issuers';
import { ACME_ORDER_RULES, NAMED_AUTHORITY_RULES } from './rules/acme-orders';
import { APPROVAL_RULES, POLICY_RULES } from './rules/approval';
import { AUTHORITY_CHANGE_RULES } from './rules/authority-change';
import { CA_CHANGE_RULES } from './rules/ca-change';
import { consentRules } from './rules/consents';
import { DATABASE_CHANGE_RULES, DATABASE_REMOVAL_RULES } from './rules/database-change';
import { IMMUTABLE_CHANGE_RULES } from './rules/immutable-change';
import { INSTANCE_RULES } from './rules/instances';
import { AUTHORITY_ISSUER_RULES, AUTHORITY_RULES } from './rules/authority';
import { IDENTITY_RULES } from './rules/identity';
import { ISSUER_RULES } from './rules/issuers';
import { KEY_RULES } from './rules/keys';
import { MOUNT_RULES } from './rules/mounts';
import { NETWORK_ACCESS_RULES } from './rules/network-access';
import { OBJECT_RULES, OUTPUT_RULES } from './rules/objects';
import { PUBLISHED_HOST_RULES } from './rules/published-hosts';
import { QUOTA_RULES } from './rules/quotas';
import { REFERENCE_NAME_RULES } from './rules/reference-names';
import { ISSUER_REFERENCE_RULES, REFERENCE_RULES } from './rules/references';
import { SELECTOR_RULES } from './rules/selectors';
import { SERVER_RULES } from './rules/servers';
import { SHARED_CLIENT_CA_RULES } from './rules/shared-client-ca';
import { STRUCTURE_RULES } from './rules/structure';
import { TIME_RULES } from './rules/time';
import { TRUST_RULES } from './rules/trust';
import { VAULT_ISSUER_RULES } from './rules/vault-issuers';
import { VENAFI_ISSUER_RULES } from './rules/venafi-issuers';
import { VOLUME_CHANGE_RULES } from './rules/volume-change';
import { WRITTEN_RULES } from './rules/written';

/** The rules that a consent lets pass. */
const CONSENT_TABLES = [VOLUME_CHANGE_RULES, DATABASE_REMOVAL_RULES, DATABASE_CHANGE_RULES, CA_CHANGE_RULES];

/** Every rule over manifests, by what it is about. */
export const CATALOGUE: ReadonlyArray<RuleTable> = [
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
export function judgeAll(inventory: Inventory): LocatedVerdict[] {
  return CATALOGUE.flatMap((table) => table.judge(inventory));
}
