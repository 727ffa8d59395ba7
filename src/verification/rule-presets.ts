import { memoizeByObject } from '../data';
import {
  ACKNOWLEDGEMENT_RULES, ACME_ISSUER_RULES, ACME_ORDER_RULES, APPROVAL_RULES, AUTHORITY_CHANGE_RULES, AUTHORITY_ISSUER_RULES, AUTHORITY_RULES, CA_CHANGE_RULES,
  CLIENT_RULES, consentRules, DATABASE_CHANGE_RULES, DATABASE_REMOVAL_RULES, IDENTITY_RULES, IMMUTABLE_CHANGE_RULES, INSTANCE_RULES, ISSUER_REFERENCE_RULES, ISSUER_RULES,
  KEY_RULES, MOUNT_RULES, NAMED_AUTHORITY_RULES, NETWORK_ACCESS_RULES, OBJECT_RULES, OUTPUT_RULES, POLICY_RULES, PUBLISHED_HOST_RULES, QUOTA_RULES,
  REFERENCE_NAME_RULES, REFERENCE_RULES, type RuleFacts, SELECTOR_RULES, SERVER_RULES, SETTING_RULES, SHARED_CLIENT_CA_RULES, STRUCTURE_RULES, TIME_RULES, TRUST_RULES,
  VAULT_ISSUER_RULES, VENAFI_ISSUER_RULES, VOLUME_CHANGE_RULES, WRITTEN_RULES,
} from '../rules';

/** Names for many rules, by the themes in which src/rules has them. */
export const RULE_PRESETS = ['all', 'certificates', 'postgresql'] as const;

/** The name of a preset. */
export type RulePreset = typeof RULE_PRESETS[number];

interface Table {
  readonly rules: ReadonlyArray<RuleFacts>;
}

/** Names and duplicates of objects, changes, acknowledgements: they concern both. */
const SHARED: ReadonlyArray<Table> = [
  OBJECT_RULES, OUTPUT_RULES, CA_CHANGE_RULES, IMMUTABLE_CHANGE_RULES, consentRules([]), { rules: ACKNOWLEDGEMENT_RULES },
  DATABASE_CHANGE_RULES, DATABASE_REMOVAL_RULES, VOLUME_CHANGE_RULES,
];

const TABLES: Readonly<Record<Exclude<RulePreset, 'all'>, ReadonlyArray<Table>>> = {
  certificates: [
    ...SHARED, STRUCTURE_RULES, SETTING_RULES, REFERENCE_RULES, REFERENCE_NAME_RULES, ISSUER_REFERENCE_RULES, IDENTITY_RULES, KEY_RULES, TIME_RULES, AUTHORITY_ISSUER_RULES,
    AUTHORITY_RULES, ISSUER_RULES, ACME_ISSUER_RULES, ACME_ORDER_RULES, NAMED_AUTHORITY_RULES, VAULT_ISSUER_RULES, VENAFI_ISSUER_RULES, TRUST_RULES,
    AUTHORITY_CHANGE_RULES, POLICY_RULES, APPROVAL_RULES,
  ],
  postgresql: [
    ...SHARED, MOUNT_RULES, WRITTEN_RULES, SERVER_RULES, SHARED_CLIENT_CA_RULES, CLIENT_RULES, NETWORK_ACCESS_RULES, PUBLISHED_HOST_RULES, INSTANCE_RULES, SELECTOR_RULES,
    QUOTA_RULES,
  ],
};

/** Whether a preset has a rule. */
export function isInPreset(preset: RulePreset, code: string): boolean {
  return preset === 'all' || codesOf(TABLES[preset]).has(code);
}

const codesOf = memoizeByObject((tables: ReadonlyArray<Table>): ReadonlySet<string> => new Set(tables.flatMap(({ rules }) => rules.map((rule) => rule.code))));
