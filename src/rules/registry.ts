import { AUTHORITY_ISSUER_RULES, AUTHORITY_RULES } from './cas/authority-rules';
import { IDENTITY_RULES } from './names/identity-rules';
import { KEY_RULES } from './keys/key-rules';
import { TIME_RULES } from './lifetimes/time-rules';
import { AUTHORITY_CHANGE_RULES } from './trust/authority-change-rules';
import { CLIENT_RULES } from './clients/client-rules';
import { CA_CHANGE_RULES } from './changes/ca-change-rules';
import { consentRules } from './changes/consents';
import { DATABASE_CHANGE_RULES, DATABASE_REMOVAL_RULES } from './changes/database-change-rules';
import { IMMUTABLE_CHANGE_RULES } from './changes/immutable-change-rules';
import { VOLUME_CHANGE_RULES } from './changes/volume-change-rules';
import { RuleContext } from './engine/rule-context';
import { LocatedViolation, RuleTable } from './engine/rule-table';
import { ACME_ISSUER_RULES } from './acme/acme-issuer-rules';
import { ACME_ORDER_RULES, NAMED_AUTHORITY_RULES } from './acme/acme-order-rules';
import { ISSUER_RULES } from './issuers/issuer-rules';
import { VAULT_ISSUER_RULES } from './vault/vault-issuer-rules';
import { VENAFI_ISSUER_RULES } from './venafi/venafi-issuer-rules';
import { OBJECT_RULES, OUTPUT_RULES } from './objects/object-rules';
import { REFERENCE_NAME_RULES } from './references/reference-name-rules';
import { ISSUER_REFERENCE_RULES, REFERENCE_RULES } from './references/reference-rules';
import { STRUCTURE_RULES } from './structure/structure-rules';
import { INSTANCE_RULES } from './instances/instance-rules';
import { MOUNT_RULES } from './mounts/mount-rules';
import { NETWORK_ACCESS_RULES } from './network/network-access-rules';
import { GITOPS_RULES, SYNC_WAVE_RULES } from './gitops/gitops-rules';
import { OPERATOR_RULES, RULES_APPLIED_TO_OPERATORS } from './operators/operator-rules';
import { PUBLISHED_HOST_RULES } from './network/published-host-rules';
import { QUOTA_RULES } from './quotas/quota-rules';
import { SELECTOR_RULES } from './selectors/selector-rules';
import { WRITTEN_RULES } from './pods/pod-rules';
import { SETTING_RULES } from './settings/setting-rules';
import { SERVER_RULES } from './servers/server-rules';
import { SHARED_CLIENT_CA_RULES } from './servers/shared-client-ca-rules';
import { APPROVAL_RULES, POLICY_RULES } from './approval/policy-rules';
import { TRUST_RULES } from './trust/trust-rules';

/** The rules that a consent lets pass. */
const CONSENT_TABLES = [VOLUME_CHANGE_RULES, DATABASE_REMOVAL_RULES, DATABASE_CHANGE_RULES, CA_CHANGE_RULES];

/** Rules about cert-manager, trust-manager and approver-policy. */
const CERTIFICATE_TABLES: ReadonlyArray<RuleTable> = [
  STRUCTURE_RULES,
  SETTING_RULES,
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
];

/** Rules about servers, clients and their pods. */
const POSTGRESQL_TABLES: ReadonlyArray<RuleTable> = [
  MOUNT_RULES,
  WRITTEN_RULES,
  SERVER_RULES,
  OPERATOR_RULES,
  ...RULES_APPLIED_TO_OPERATORS,
  SHARED_CLIENT_CA_RULES,
  CLIENT_RULES,
  NETWORK_ACCESS_RULES,
  PUBLISHED_HOST_RULES,
  INSTANCE_RULES,
  SELECTOR_RULES,
  QUOTA_RULES,
];

/** Rules about names and duplicates of objects, and what GitOps tools do with them. */
const OBJECT_TABLES: ReadonlyArray<RuleTable> = [OBJECT_RULES, OUTPUT_RULES, GITOPS_RULES, SYNC_WAVE_RULES];

/** Rules about changes, and consents to them. */
const CHANGE_TABLES: ReadonlyArray<RuleTable> = [
  IMMUTABLE_CHANGE_RULES,
  ...CONSENT_TABLES,
  consentRules(CONSENT_TABLES),
];

/** Every rule over manifests, by what it is about. */
export const RULE_TABLES: ReadonlyArray<RuleTable> = [...OBJECT_TABLES, ...CERTIFICATE_TABLES, ...POSTGRESQL_TABLES, ...CHANGE_TABLES];

/** The same tables by their subject: those of `shared` concern both of the others. */
export const RULE_TABLES_BY_SUBJECT = { certificates: CERTIFICATE_TABLES, postgresql: POSTGRESQL_TABLES, shared: [...OBJECT_TABLES, ...CHANGE_TABLES] } as const;

/** What every rule finds. */
export function evaluateAll(manifests: RuleContext): LocatedViolation[] {
  return RULE_TABLES.flatMap((table) => table.evaluate(manifests));
}
