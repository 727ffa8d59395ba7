import { poolerObjects } from './pooler-objects';
import { resolvePoolers, type PoolerPlan } from './resolve-poolers';
import { POOLER_RULES } from './validation';
import { certificatePlan, type CertificatePlan } from '../../plan/certificates';
import { clientEgress } from '../../plan/client-egress';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Feature } from '../../plan/feature';
import { serviceHosts } from '../../plan/names';
import { networkOf } from '../../plan/network-of';
import { podsIn } from '../../plan/network-policy-peer';
import { networkRule } from '../../plan/network-rule';
import { podLabels } from '../../plan/pod-labels';
import type { IdentRowPlan } from '../../plan/parts';
import { RANK } from '../../plan/rank';
import { POOLED_MAP } from '../../plan/roles';
import type { PostgresProps } from '../../postgres-props';
import { KeyUsage } from '../../../cert-manager';

/** Connection poolers in front of the database: `addPooler`. */
export const poolers: Feature = {
  name: 'poolers',
  resolve: (props, basics) => {
    // Without TLS a rule refuses the pooler.
    if (basics.declarations.poolers.length === 0 || !basics.tls) { return {}; }
    const resolved = resolvePoolers(basics).map((pooler) => ({ pooler, server: serverCertificate(pooler, props, basics), client: clientCertificate(pooler, props, basics) }));
    const poolerPlans = resolved.map(({ pooler }) => pooler);
    const { isRestricted, _options: network } = networkOf(props);
    return {
      certificates: resolved.flatMap(({ server, client }) => [server, client]),
      identRows: identRows(poolerPlans),
      objects: resolved.flatMap(({ pooler, server, client }) => poolerObjects(pooler, {
        serverKeySecret: server.secretName,
        clientKeySecret: client.secretName,
        peers: networkRule(props, {
          port: 'postgresql', given: network.clients, byDefault: { podSelector: {} },
          connected: basics.declarations.connections.filter((connection) => connection.pooler === pooler.declared).map(({ peer }) => peer),
        }).from,
        mesh: network.mesh,
        imagePullSecrets: props.podTemplate?.imagePullSecrets?.map(({ name }) => name),
        egress: isRestricted ? clientEgress(podsIn(podLabels(basics)), network) : undefined,
      })),
      given: { images: poolerPlans.map(({ declared, version }) => [`addPooler('${declared}').version`, version.image]) },
    };
  },
  rules: () => POOLER_RULES,
};

/** A client of a pooler logs in with its own certificate or with that of one of its poolers. With a map, every pair must be in it. */
function identRows(resolved: ReadonlyArray<PoolerPlan>): IdentRowPlan[] {
  const pairs = resolved.flatMap(({ name, clients }) => clients.flatMap(({ role }) => [{ systemUser: role, role }, { systemUser: name, role }]));
  return pairs.filter(({ systemUser, role }, index) => pairs.findIndex((other) => other.systemUser === systemUser && other.role === role) === index)
    .map(({ systemUser, role }) => ({ rank: RANK.FEATURE, row: { map: POOLED_MAP, systemUser, databaseUser: role } }));
}

function serverCertificate({ name, declared }: PoolerPlan, props: PostgresProps, basics: DatabaseBasics): CertificatePlan {
  const plan = certificatePlan(basics, props, {
    alias: `pooler-${declared}-server`,
    rank: RANK.LAST,
    identity: {
      commonName: name, dnsNames: [...serviceHosts(name, basics.namespace, basics.clusterDomain), 'localhost'], ipAddresses: ['127.0.0.1', '::1'],
      usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.SERVER_AUTH],
    },
  });
  return { ...plan, issuer: props.tls?.issuer };
}

/** What the pooler shows the database, for all of its clients. */
function clientCertificate({ name, declared }: PoolerPlan, props: PostgresProps, basics: DatabaseBasics): CertificatePlan {
  return certificatePlan(basics, props, {
    alias: `pooler-${declared}-client`,
    rank: RANK.LAST,
    identity: { commonName: name, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] },
  });
}
