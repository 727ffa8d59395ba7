import { clientPolicyDeniesDns } from './client-policy-denies-dns';
import { clientPolicyDeniesServer } from './client-policy-denies-server';
import { clientPortClosed } from './client-port-closed';
import { serverPolicyDeniesClient } from './server-policy-denies-client';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

export const NETWORK_ACCESS_RULES = ruleTable(podsOf, [
  serverPolicyDeniesClient,
  clientPolicyDeniesServer,
  clientPolicyDeniesDns,
  clientPortClosed,
]);
