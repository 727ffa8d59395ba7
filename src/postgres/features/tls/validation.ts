import { CLIENT_CA_RULES } from './client-ca-validation';
import { tlsSettingsContradictory } from './rules/tls-settings-contradictory';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for the TLS settings of the server, its certificates and the client CA. */
export const TLS_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  tlsSettingsContradictory,
  ...CLIENT_CA_RULES,
];
