import { pooledClientNotAdmitted } from './rules/pooled-client-not-admitted';
import { poolerOptionInvalid } from './rules/pooler-option-invalid';
import { poolerWithoutRevocation } from './rules/pooler-without-revocation';
import { poolerWithoutTls } from './rules/pooler-without-tls';
import { poolsExceedConnections } from './rules/pools-exceed-connections';
import { statementPooling } from './rules/statement-pooling';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for poolers. */
export const POOLER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  poolerWithoutTls,
  poolerWithoutRevocation,
  poolerOptionInvalid,
  pooledClientNotAdmitted,
  poolsExceedConnections,
  statementPooling,
];
