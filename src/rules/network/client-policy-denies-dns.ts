import { isIP } from 'node:net';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { between } from './network-access-shared';

export const clientPolicyDeniesDns: Rule<PodContext> = {
  id: 'client-policy-denies-dns',
  code: 'PGTLS-K03',
  title: 'egress NetworkPolicy of the client does not allow DNS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, NetworkPolicy: DNS is an egress connection like any other; libpq: could not translate host name',
  check: (context) => between(context, (policies, { client, host }) => (isIP(host) === 0 ? policies.withoutDns(client.pod) : []), (_, policies) =>
    `but the egress rules of ${policies} do not allow DNS`),
  fix: 'add an egress rule for port 53 over UDP and TCP',
};
