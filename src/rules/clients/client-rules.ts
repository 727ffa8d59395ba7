import { connectionOptionRejected } from './connection-option-rejected';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for connection strings, for every server that they lead to. */
export const CLIENT_RULES = ruleTable(podsOf, [
  connectionOptionRejected,
]);
