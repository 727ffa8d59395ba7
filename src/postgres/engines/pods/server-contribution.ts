import { configMapMetadata, type PlannedTexts, renderConfigMap } from './config-map';
import { containerAlerts } from './alerts';
import { renderDisruptionBudget } from './disruption-budget';
import { IDENTITY_DIRECTORY, hangFile } from './own-files';
import { reloadScript } from './reload-script';
import { script } from './scripts';
import { renderStatefulSet, statefulSetMetadata } from './stateful-set';
import { hasDeclarations } from '../../declarations';
import type { Contribution } from '../../plan/contribution';
import type { DatabasePlan } from '../../plan/database-plan';
import type { VariablePlan } from '../../plan/parts';
import type { DatabaseBasics } from '../../plan/database-basics';
import { POSTGRES_PORT } from '../../plan/layout';
import { objectMetadata } from '../../plan/names';
import { HBA_RANK, OBJECT_RANK, PARAMETER_RANK, RANK } from '../../plan/rank';
import { PROBLEM_FILE, READY_FILE } from '../../plan/reloader-report';
import { reservedConnections, socketAccess, SUPERUSER } from '../../plan/roles';
import { configMapsSource, configMapSource, emptyDir, FEW_FILES, SERVER_SIDE, VolumePlan } from '../../plan/volumes';
import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

/** The role that the reloader reloads as; it may do nothing else. */
const RELOADER_ROLE = 'postgres_reloader';

/** The containers of every server in pods. */
export const SERVER_CONTAINERS: ReadonlyArray<string> = ['identity', 'init', 'postgres', 'reloader'];

type CommonParts = 'roles' | 'hbaRows' | 'identRows' | 'parameters' | 'reservedParameters' | 'files' | 'volumes' | 'ports' | 'variables' | 'alerts' | 'objects';

/** What an engine that runs the server in pods of a StatefulSet decides. */
export interface PodEngine {
  /** The pod of a plan, with the containers of the engine. Pure. */
  readonly pod: (plan: DatabasePlan) => k8s.PodSpec;
  /**
   * Files of the engine's own that are written from the plan.
   *
   * @default - none
   */
  readonly files?: PlannedTexts;
  /**
   * Labels of the pods, beside those of every object.
   *
   * @default - none
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * The text of a script of the engine's own.
   *
   * @default - the script of that name that engines share
   */
  readonly text?: (name: string, declares: boolean) => string | undefined;
}

/** The containers, files, roles and objects of a server in pods: an init container prepares the data, a reloader reloads the server when kubelet updates a mounted file. */
export function serverContribution(basics: DatabaseBasics, engine: PodEngine): Contribution & { readonly [Part in CommonParts]: NonNullable<Contribution[Part]> } {
  const { major, names, passwordFile } = basics;
  const declares = hasDeclarations(basics.declarations);
  return {
    roles: [{ name: RELOADER_ROLE, rank: RANK.FIRST, memberOf: reservedConnections(major), executes: ['pg_reload_conf()'] }],
    ...socketAccess(RELOADER_ROLE, HBA_RANK.POD),
    ...parameters(basics),
    files: [
      'postgresql.conf', 'pg_hba.conf', 'pg_ident.conf', ...(passwordFile ? ['identity.sh'] : []), 'init.sh', 'reload.sh', 'roles.sql',
      ...Object.keys(engine.files ?? {}), ...(declares ? ['declarations.sql', 'database.sql', 'removals.sql'] : []),
    ].map((name) => ({ name, rank: RANK.FIRST, text: engine.text?.(name, declares) ?? textOf(name, declares), isScript: isScript(name) })),
    volumes: volumes(basics),
    containers: [...(passwordFile ? ['identity'] : []), 'init', 'postgres', 'reloader'].map((name) => ({ name, rank: RANK.FIRST })),
    ports: [{ name: 'postgresql', number: POSTGRES_PORT, container: 'postgres', rank: RANK.FIRST }],
    variables: variables(basics),
    alerts: containerAlerts(basics, basics.availability.engine === 'statefulset'),
    objects: [
      { id: 'service-account', kind: 'ServiceAccount', name: names.serviceAccount, rank: OBJECT_RANK.ACCOUNT, manifest: renderServiceAccount, body: 'automountServiceAccountToken' },
      {
        id: 'config', kind: 'ConfigMap', name: names.config, rank: OBJECT_RANK.CONFIGURATION, body: 'data', manifest: (plan) => k8s.KubeConfigMap.manifest(renderConfigMap(plan, engine.files)),
        head: (plan) => ({ ...k8s.KubeConfigMap.GVK, metadata: configMapMetadata(plan) }),
      },
      {
        id: 'disruption-budget', kind: 'PodDisruptionBudget', name: basics.name, rank: OBJECT_RANK.DISRUPTION,
        manifest: (plan) => k8s.KubePodDisruptionBudget.manifest(renderDisruptionBudget(plan)),
        head: ({ name }) => ({ ...k8s.KubePodDisruptionBudget.GVK, metadata: objectMetadata(name) }),
      },
      {
        id: 'Resource', kind: 'StatefulSet', name: names.statefulSet, rank: OBJECT_RANK.PODS, manifest: (plan) => renderStatefulSet(plan, engine.pod(plan), engine.podLabels),
        head: (plan) => ({ ...k8s.KubeStatefulSet.GVK, metadata: statefulSetMetadata(plan) }),
      },
    ],
  };
}

/** The text of a script; undefined for a file that is written from the plan. */
function textOf(name: string, declares: boolean): string | undefined {
  if (name === 'reload.sh') { return reloadScript(declares); }
  return isScript(name) ? script(name) : undefined;
}

/** Whether a file is the same in every database; the others are written from the plan. */
function isScript(name: string): boolean {
  return !/\.(conf|yml)$|^roles\.sql$/.test(name);
}

function renderServiceAccount({ name, names }: DatabaseBasics): unknown {
  return k8s.KubeServiceAccount.manifest({ metadata: objectMetadata(name, names.serviceAccount), automountServiceAccountToken: false });
}

function parameters({ layout }: DatabaseBasics): Required<Pick<Contribution, 'parameters' | 'reservedParameters'>> {
  return {
    parameters: ([
      ['data_directory', layout.pgData],
      ['hba_file', `${layout.config}/pg_hba.conf`],
      ['ident_file', `${layout.config}/pg_ident.conf`],
      // A replaced configuration file falls back to the compiled default, which is localhost.
      ['listen_addresses', '*'],
      ['port', POSTGRES_PORT],
      ['unix_socket_directories', layout.socket],
    ] as const).map((parameter) => ({ parameter, rank: PARAMETER_RANK.PLACES })),
    reservedParameters: {
      config_file: 'the file is in the ConfigMap',
      data_directory: 'version and storage set it',
      external_pid_file: 'the server may only write to the data volume',
      hba_file: 'accessRules adds rows to it',
      ident_file: 'userMappings adds rows to it',
      listen_addresses: 'the Services require all addresses',
      port: 'the Services use 5432',
      unix_socket_directories: 'the reloader uses a fixed path',
    },
  };
}

function volumes({ layout, names, memoryLimitKib, passwordFile, scripts }: DatabaseBasics): VolumePlan[] {
  const identity = { name: 'identity', source: emptyDir(FEW_FILES), rank: RANK.LAST };
  const configuration = scripts ? configMapsSource([names.config, scripts.configMapName]) : configMapSource(names.config);
  return [
    { name: 'config', mountPath: layout.config, readOnly: true, users: 'all', source: configuration, rank: RANK.SECOND },
    { name: 'run', mountPath: layout.socket, users: SERVER_SIDE, source: emptyDir(FEW_FILES), rank: RANK.LAST },
    // Archive commands and init scripts may need any amount here: a limit would evict the database.
    { name: 'tmp', mountPath: layout.temporary, users: ['init', 'postgres', 'reloader'], source: emptyDir(), rank: RANK.LAST },
    ...(passwordFile ? [
      { ...identity, mountPath: IDENTITY_DIRECTORY, users: ['identity'] },
      { ...identity, mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true, users: ['init', 'postgres', 'reloader'] },
    ] : []),
    // The runtime's own 64 MiB are too small for parallel queries; this one ends at the memory limit, which its pages count against.
    {
      name: 'shm', mountPath: layout.sharedMemory, users: ['init', 'postgres'], rank: RANK.LAST,
      source: emptyDir(memoryLimitKib === undefined ? undefined : Size.kibibytes(memoryLimitKib), 'Memory'),
    },
  ];
}

function variables({ layout, major }: DatabaseBasics): VariablePlan[] {
  const of = (container: string, rank: number, values: Readonly<Record<string, string | k8s.EnvVarSource>>): VariablePlan[] =>
    Object.entries(values).map(([name, value]) => ({ container, rank, variable: typeof value === 'string' ? { name, value } : { name, valueFrom: value } }));
  return [
    ...of('init', RANK.FIRST, {
      PGDATA: layout.pgData, DATA_VOLUME: layout.dataMount, POD_NAME: { fieldRef: { fieldPath: 'metadata.name' } }, POSTGRES_MAJOR: String(major),
    }),
    ...of('reloader', RANK.FIRST, {
      PGHOST: layout.socket, PGPORT: String(POSTGRES_PORT), PGUSER: SUPERUSER, PGDATABASE: 'postgres',
      READY_FILE, PROBLEM_FILE, HANG_FILE: hangFile(layout),
    }),
    ...of('reloader', RANK.FOURTH, { ROLES_FILE: `${layout.config}/roles.sql`, RELOAD_USER: RELOADER_ROLE }),
  ];
}
