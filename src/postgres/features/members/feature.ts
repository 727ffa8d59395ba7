import { MEMBER_RULES } from './validation';
import { certificatePlan, type CertificatePlan, certificateSecretName } from '../../plan/certificates';
import { CertificateAlias } from '../../plan/certificate-alias';
import { tcp } from '../../plan/client-egress';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Feature } from '../../plan/feature';
import { POSTGRES_PORT } from '../../plan/layout';
import { MEMBER_FILES, REWIND_ROLE, STANDBY_ROLE } from '../../plan/member-files';
import { selectorLabels, serviceHosts } from '../../plan/names';
import { podsIn } from '../../plan/network-policy-peer';
import { networkRule } from '../../plan/network-rule';
import type { PodTraffic } from '../../plan/pod-traffic';
import { patroniPlan, type PatroniPlan, REST_PORT } from '../../plan/patroni-plan';
import { HBA_RANK, OBJECT_RANK, PARAMETER_RANK, RANK } from '../../plan/rank';
import { reservedConnections, socketReplication } from '../../plan/roles';
import { servicePlan } from '../../plan/services';
import { caSource, secretSource, SERVER_SIDE, type VolumePlan } from '../../plan/volumes';
import { walVolume } from '../../plan/wal-volume';
import type { PostgresProps } from '../../postgres-props';
import { KeyUsage } from '../../../cert-manager';

/** Id of the CA of the REST API: any certificate that it signs may change the configuration of every server (patroni/api.py, check_access). */
const MEMBERS_CA = 'members-ca';

const ACCESS_RANK = HBA_RANK.POD + 20;

/** The functions of the server that pg_rewind calls. Source: PostgreSQL doc/src/sgml/ref/pg_rewind.sgml. */
const REWIND_FUNCTIONS = [
  'pg_ls_dir(text, boolean, boolean)', 'pg_stat_file(text, boolean)', 'pg_read_binary_file(text)', 'pg_read_binary_file(text, bigint, bigint, boolean)',
];

/** How the members of a database with Patroni meet each other and their clients: `highAvailability`. */
export const members: Feature = {
  name: 'members',
  resolve: (props, basics) => {
    const plan = patroniPlan(basics);
    if (plan === undefined) { return {}; }
    return {
      ...access(basics),
      ...(basics.tls ? certificates(props, basics) : {}),
      parameters: slotLimit(props),
      services: [servicePlan(basics, props, {
        id: 'replicas-service', name: `${basics.name}-replicas`, rank: OBJECT_RANK.SERVICES, port: { name: 'postgresql', number: POSTGRES_PORT }, leadsTo: 'replicas',
      })],
      ports: [{ name: 'patroni', number: REST_PORT, container: 'postgres', rank: RANK.SECOND }],
      networkRules: [networkRule(props, { port: 'patroni', byDefault: podsIn(selectorLabels(basics.name)), rank: RANK.SECOND })],
      // Replicas are clients of their leader.
      traffic: { ingress: [{ from: [podsIn(selectorLabels(basics.name))], ports: [tcp(POSTGRES_PORT)] }], egress: egress(basics, plan) },
      given: { images: [['highAvailability.image', basics.image]] },
    };
  },
  rules: () => MEMBER_RULES,
};

/** Members log in to each other with the certificate of a role each, and Patroni to its own server over the socket. */
function access({ major }: DatabaseBasics): Contribution {
  const socket = socketReplication(STANDBY_ROLE, ACCESS_RANK);
  const row = (database: string, role: string) => ({
    rank: ACCESS_RANK, row: { type: 'hostssl', databases: [database], users: [role], address: 'all', method: 'cert', options: [] },
  } as const);
  return {
    roles: [
      { name: STANDBY_ROLE, replicates: true },
      { name: REWIND_ROLE, executes: REWIND_FUNCTIONS, memberOf: reservedConnections(major) },
    ],
    hbaRows: [...socket.hbaRows, row('replication', STANDBY_ROLE), row('postgres', REWIND_ROLE)],
    identRows: socket.identRows,
  };
}

function certificates(props: PostgresProps, basics: DatabaseBasics): Contribution {
  const pods = serviceHosts(basics.names.headlessService, basics.namespace, basics.clusterDomain);
  const client = (alias: string, commonName: string): CertificatePlan => certificatePlan(basics, props, {
    // PostgreSQL's cert authentication compares the common name with the role, never a subject alternative name.
    alias, identity: { commonName, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] },
  });
  const member: CertificatePlan = {
    ...certificatePlan(basics, props, {
      alias: 'member',
      identity: {
        commonName: `${basics.name}-member`,
        dnsNames: [...pods.map((host) => `*.${host}`), 'localhost'],
        usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.SERVER_AUTH, KeyUsage.CLIENT_AUTH],
      },
    }),
    issuer: undefined,
    ownCa: MEMBERS_CA,
  };
  const [standby, rewind] = [client('standby', STANDBY_ROLE), client('rewind', REWIND_ROLE)];
  const volume = (name: string, mountPath: string, source: VolumePlan['source'], users: VolumePlan['users'] = ['postgres']): VolumePlan => ({ name, mountPath, source, readOnly: true, users });
  return {
    ownCas: [{ id: MEMBERS_CA, name: `${basics.name}-${MEMBERS_CA}`, options: { commonName: `${basics.name} members CA` } }],
    certificates: [member, standby, rewind],
    volumes: [
      volume('member-cert', MEMBER_FILES.member, secretSource(member.secretName), SERVER_SIDE),
      volume('standby-cert', MEMBER_FILES.standby, secretSource(standby.secretName)),
      volume('rewind-cert', MEMBER_FILES.rewind, secretSource(rewind.secretName)),
      volume('leader-ca', MEMBER_FILES.serverCa, caSource(basics.trustedServerCas, certificateSecretName(basics, props, CertificateAlias.SERVER))),
    ],
    variables: [{ container: 'reloader', rank: RANK.SECOND, variable: { name: 'MEMBER_CERTIFICATE', value: `${MEMBER_FILES.member}/tls.crt` } }],
  };
}

/** The slot of a member that is away keeps WAL for it, up to a quarter of the volume: without a limit it would fill the volume and stop the leader (patroni issue 280). */
function slotLimit({ storage }: PostgresProps): Contribution['parameters'] {
  const { sizeKib } = walVolume(storage);
  return sizeKib === undefined ? [] : [{ parameter: ['max_slot_wal_keep_size', `${Math.max(1, Math.floor(sizeKib / 4096))}MB`], rank: PARAMETER_RANK.OPERATION, isDefault: true }];
}

function egress({ name }: DatabaseBasics, { apiServerCidrs, apiServerPorts }: PatroniPlan): PodTraffic['egress'] {
  const apiServer = apiServerCidrs?.map((cidr) => ({ ipBlock: { cidr } }));
  return [
    { to: [podsIn(selectorLabels(name))], ports: [tcp(POSTGRES_PORT), tcp(REST_PORT)] },
    // The API server is no pod: only addresses can name it, those that its Service leads to.
    { ...(apiServer && { to: apiServer }), ports: apiServerPorts.map(tcp) },
  ];
}
