import { egressNotSet } from './rules/egress-not-set';
import { ipFamiliesInvalid } from './rules/ip-families-invalid';
import { meshNotSet } from './rules/mesh-not-set';
import { networkPeerInvalid } from './rules/network-peer-invalid';
import { networkPortsInvalid } from './rules/network-ports-invalid';
import { publishedServiceNotAdmitted } from './rules/published-service-not-admitted';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for the network: the NetworkPolicy may not contradict other properties of the database. */
export const NETWORK_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  networkPeerInvalid,
  publishedServiceNotAdmitted,
  egressNotSet,
  meshNotSet,
  networkPortsInvalid,
  ipFamiliesInvalid,
];
