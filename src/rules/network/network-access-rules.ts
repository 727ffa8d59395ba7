import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';
import { serverPolicyDeniesClient } from './server-policy-denies-client';
import { clientPolicyDeniesServer } from './client-policy-denies-server';
import { clientPolicyDeniesDns } from './client-policy-denies-dns';

export const NETWORK_ACCESS_RULES = ruleTable(podsOf, [
  serverPolicyDeniesClient,
  clientPolicyDeniesServer,
  clientPolicyDeniesDns,
]);
