import { patroniYml } from './patroni-yml';
import { renderPod } from './pod';
import { renderRole, renderRoleBinding } from './role';
import { patroniScript } from './scripts';
import { renderService, serviceMetadata } from './services';
import { reloadScript } from './reload-script';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Engine } from '../../plan/engine';
import { patroniPlan, type PatroniPlan, patroniScope, REST_PORT } from '../../plan/patroni-plan';
import { OBJECT_RANK, RANK } from '../../plan/rank';
import type { VariablePlan } from '../../plan/parts';
import { POSTGRES_PORT } from '../../plan/layout';
import { READABLE_BY_GROUP, type VolumePlan } from '../../plan/volumes';
import { serviceHosts } from '../../plan/names';
import { SERVER_CONTAINERS, serverContribution } from '../pods/server-contribution';
import { SCOPE_LABEL } from '../../../workloads';
import { k8s } from 'cdk8s-plus-27';

/** Where clients of the API server look for the token. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Several pods of a StatefulSet; Patroni in each runs the server, and elects the leader by ConfigMaps. */
export const patroni: Engine = {
  name: 'patroni',
  containers: SERVER_CONTAINERS,
  contribution,
  service: (plan, service) => k8s.KubeService.manifest(renderService(plan, service)),
  serviceHead: (service) => ({ ...k8s.KubeService.GVK, metadata: serviceMetadata(service) }),
};

function contribution(basics: DatabaseBasics): Contribution {
  const common = serverContribution(basics, {
    pod: renderPod,
    files: { 'patroni.yml': patroniYml },
    podLabels: { [SCOPE_LABEL]: patroniScope(basics.name) },
    text: (name, declares) => (name === 'init.sh' ? patroniScript('init-member.sh') : name === 'reload.sh' ? reloadScript(declares) : undefined),
  });
  return {
    ...common,
    reservedParameters: { ...common.reservedParameters, ...RESERVED },
    volumes: [...common.volumes, apiAccess(patroniPlan(basics)!)],
    variables: [...common.variables.filter(({ variable }) => variable.name !== 'HANG_FILE'), ...variables(basics)],
    objects: [
      ...common.objects,
      { id: 'role', kind: 'Role', name: basics.names.serviceAccount, rank: OBJECT_RANK.ACCOUNT, body: 'rules', manifest: renderRole },
      { id: 'role-binding', kind: 'RoleBinding', name: basics.names.serviceAccount, rank: OBJECT_RANK.ACCOUNT, body: 'subjects', manifest: renderRoleBinding },
    ],
  };
}

/** What Patroni sets. Source: patroni docs/patroni_configuration.rst, and patroni/postgresql/config.py, CMDLINE_OPTIONS. */
const RESERVED = {
  cluster_name: 'Patroni sets it',
  hot_standby: 'Patroni sets it',
  primary_conninfo: 'Patroni sets it',
  primary_slot_name: 'Patroni sets it',
  recovery_target_timeline: 'Patroni sets it',
  synchronous_standby_names: 'Patroni sets it; highAvailability has the option synchronous',
  wal_log_hints: 'Patroni sets it',
};

/** The token for the database container alone: the other containers of the pod must not reach the store. */
function apiAccess({ apiServerCas: { configMapName, secretName, key } }: PatroniPlan): VolumePlan {
  const cas = { name: configMapName ?? secretName!, items: [{ key, path: 'ca.crt' }] };
  return {
    name: 'api-access',
    mountPath: SERVICE_ACCOUNT,
    readOnly: true,
    users: ['postgres'],
    rank: RANK.LAST,
    source: {
      projected: {
        defaultMode: READABLE_BY_GROUP,
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
          configMapName === undefined ? { secret: cas } : { configMap: cas },
          { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
  };
}

/** Host names, so that members verify each other in full. */
function variables(basics: DatabaseBasics): VariablePlan[] {
  const { names, clusterDomain } = basics;
  const host = `$(PATRONI_NAME).${serviceHosts(names.headlessService, '$(PATRONI_KUBERNETES_NAMESPACE)', clusterDomain).at(-1)!}`;
  const field = (name: string, fieldPath: string): VariablePlan => ({ container: 'postgres', rank: RANK.FIRST, variable: { name, valueFrom: { fieldRef: { fieldPath } } } });
  const value = (container: string, name: string, text: string): VariablePlan => ({ container, rank: RANK.FIRST, variable: { name, value: text } });
  return [
    field('PATRONI_NAME', 'metadata.name'),
    field('PATRONI_KUBERNETES_NAMESPACE', 'metadata.namespace'),
    value('postgres', 'PATRONI_RESTAPI_CONNECT_ADDRESS', `${host}:${REST_PORT}`),
    value('postgres', 'PATRONI_POSTGRESQL_CONNECT_ADDRESS', `${host}:${POSTGRES_PORT}`),
    value('reloader', 'MEMBER_PORT', String(REST_PORT)),
    value('reloader', 'LOOP_WAIT', String(patroniPlan(basics)!.loopWait)),
  ];
}
