import { clientCaSharedByDatabases } from './client-ca-shared-by-databases';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for databases that trust the same client CA. */
export const SHARED_CLIENT_CA_RULES = ruleTable(podsOf, [
  clientCaSharedByDatabases,
]);
