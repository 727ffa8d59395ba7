import type { DatabaseContext } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { parameterValue, sharedBuffersKib } from '../../../plan/parameters';
import { formatMebibytes, kibibytes } from '../../../plan/quantity';
import { dnsLabelError, parseImage, serviceNameError, serviceNameLike } from '../../../../formats';
import { databaseNameFault, roleNameFault } from '../../../../postgresql';
import { cloudNativePgFile, Consequence, type Rule } from '../../../../rules';
import { isRoleOfCloudNativePg, LONGEST_CLUSTER_NAME } from '../../../../workloads';

type Problem = readonly [field: string, problem: string, fix?: string];

type Options = Extract<DatabasePlan['availability'], { readonly engine: 'cloudnativepg' }>['options'];

export const cloudNativePgOptionInvalid: Rule<DatabaseContext> = {
  id: 'cloud-native-pg-option-invalid',
  code: 'PGTLS-P161',
  title: 'name, image or option that CloudNativePG rejects',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    cloudNativePgFile('internal/webhook/v1/cluster_webhook.go', 'validateName, validateImageName, validateResources, validateConfiguration, validateSynchronousReplicaConfiguration'),
    cloudNativePgFile('pkg/postgres/roles.go', 'IsRoleReserved'),
  ],
  check: ({ props: { resources }, plan }, report) => {
    const { availability } = plan;
    if (availability.engine !== 'cloudnativepg') { return; }
    const { options } = availability;
    const request = resources?.memory?.request;
    const problems = [
      ...ofName(plan), ...ofImage(options, plan.major), ...ofNumbers(options, plan.members), ...ofOperator(options), ...ofRoles(options, plan), ...ofParameters(plan),
    ];
    for (const [field, problem, fix] of problems) { report(field, problem, fix); }
    if (request !== undefined && kibibytes(request) < sharedBuffersKib(plan)) {
      report('resources.memory.request', `the memory request of ${formatMebibytes(kibibytes(request))} is below shared_buffers ${parameterValue(plan, 'shared_buffers')}, which CloudNativePG rejects`,
        'raise the request, or set shared_buffers in parameters');
    }
  },
  fix: 'correct the option as the reference of HighAvailability.cloudNativePg describes it',
};

function ofName({ name }: DatabasePlan): Problem[] {
  const isOtherFault = serviceNameError(name) !== undefined;
  const fault = serviceNameError(name, LONGEST_CLUSTER_NAME);
  // PGTLS-P10 reports what no Service can have, and what is longer than any database's name may be.
  if (isOtherFault || fault === undefined || name.length > 52) { return []; }
  return [['metadata.name', `name '${name}' ${fault}; '${serviceNameLike(name, LONGEST_CLUSTER_NAME)}' would be valid`, 'set metadata.name']];
}

/** The operator reads the version of PostgreSQL from the tag. */
function ofImage({ image }: Options, major: number): Problem[] {
  const field = 'highAvailability.image';
  const reference = parseImage(image);
  const fix = 'use a tag that begins with the version of PostgreSQL, such as ghcr.io/cloudnative-pg/postgresql:18.1; a digest may follow';
  if (reference === undefined) { return [[field, `image '${image}' is not an image reference`, fix]]; }
  const { tag } = reference;
  if (tag === undefined) { return [[field, `image '${image}' has no tag, from which the operator reads the version of PostgreSQL`, fix]]; }
  const [, found] = /^(\d+)(?![\d]*[A-Za-z])/.exec(tag) ?? [];
  if (found === undefined) { return [[field, `image '${image}' has the tag '${tag}', which does not begin with a version of PostgreSQL`, fix]]; }
  return Number(found) === major ? [] : [[field, `image '${image}' contains PostgreSQL ${found}, but the version is ${major}`, `use an image of PostgreSQL ${major}`]];
}

function ofNumbers({ synchronous = false }: Options, members: number): Problem[] {
  if (!Number.isInteger(members) || members < 1) { return [['highAvailability.instances', `instances ${members} is not a whole number from 1 on`]]; }
  return synchronous && members < 2 ? [['highAvailability.synchronous', 'synchronous is true, but there is no replica to wait for', 'raise instances, or remove synchronous']] : [];
}

function ofOperator({ operatorNamespace = 'cnpg-system', apiServerPorts = [443] }: Options): Problem[] {
  const fault = dnsLabelError(operatorNamespace);
  const ports = apiServerPorts.filter((port) => !Number.isInteger(port) || port < 1 || port > 65535);
  return [
    ...(fault === undefined ? [] : [['highAvailability.operatorNamespace', `operatorNamespace '${operatorNamespace}' ${fault}`] as const]),
    ...(apiServerPorts.length === 0 ? [['highAvailability.apiServerPorts', 'apiServerPorts is empty, and instances without the API server have no certificates and no Lease'] as const] : []),
    ...ports.map((port) => ['highAvailability.apiServerPorts', `port ${port} is not a whole number from 1 to 65535`] as const),
  ];
}

function ofRoles({ initialDatabase = 'app' }: Options, { declared }: DatabasePlan): Problem[] {
  const fault = databaseNameFault(initialDatabase) ?? roleNameFault(initialDatabase) ?? (isRoleOfCloudNativePg(initialDatabase) ? 'is reserved for the operator' : undefined);
  const reserved = (declared?.roles ?? []).filter(({ name }) => isRoleOfCloudNativePg(name));
  return [
    ...(fault === undefined ? [] : [['highAvailability.initialDatabase', `initialDatabase '${initialDatabase}' ${fault}`, 'give it another name'] as const]),
    ...reserved.map(({ name }) => [`role '${name}'`, `role '${name}' is reserved for the operator`, 'give the role another name'] as const),
  ];
}

/** Replicas cannot follow. */
function ofParameters(plan: DatabasePlan): Problem[] {
  return parameterValue(plan, 'wal_level').toLowerCase() === 'minimal'
    ? [['parameters.wal_level', "wal_level is 'minimal', which CloudNativePG rejects: replicas and archives need more", 'remove it']] : [];
}
