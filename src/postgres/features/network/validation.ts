import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { networkPeerInvalid } from './rules/network-peer-invalid';
import { publishedServiceNotAdmitted } from './rules/published-service-not-admitted';
import { egressNotSet } from './rules/egress-not-set';
import { meshNotSet } from './rules/mesh-not-set';
import { networkPortsInvalid } from './rules/network-ports-invalid';
import { ipFamiliesInvalid } from './rules/ip-families-invalid';

/** Rules for the network: the NetworkPolicy may not contradict other properties of the database. */
export const NETWORK_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  networkPeerInvalid,
  publishedServiceNotAdmitted,
  egressNotSet,
  meshNotSet,
  networkPortsInvalid,
  ipFamiliesInvalid,
];
