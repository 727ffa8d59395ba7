import { containersOf, type NamedContribution } from './collisions';
import type { Contribution } from './contribution';
import type { DatabaseBasics } from './database-basics';
import type { MergedContributions } from './database-plan';
import { decidingRows, endOfPodAccess } from './hba-rows';
import type { HbaRowPlan, RolePlan } from './parts';
import { byRank, type Ranked } from './rank';
import { asksForCertificate, type HbaRow, type Parameter } from '../../postgresql';

/** Merges contributions. Their order has no effect: parts are sorted by rank, and parts of equal rank by the name of their feature. */
export function mergeContributions(basics: DatabaseBasics, contributions: ReadonlyArray<NamedContribution>): MergedContributions {
  const sorted = [...contributions].sort(({ feature: one }, { feature: other }) => compare(one, other));
  const parts = sorted.map(({ parts: given }) => given);
  const all = <Part extends Ranked>(pick: (given: Contribution) => ReadonlyArray<Part> | undefined): Part[] => byRank(parts.flatMap((given) => pick(given) ?? []));
  const one = <Part>(pick: (given: Contribution) => Part | undefined): Part | undefined => parts.map(pick).find((part) => part !== undefined);
  const record = <Value>(pick: (given: Contribution) => Readonly<Record<string, Value>> | undefined): Record<string, Value> => Object.assign({}, ...parts.map(pick));
  const roles = all(({ roles: given }) => given);
  const access = accessRows(all<HbaRowPlan>(({ hbaRows }) => hbaRows), roles);
  return {
    ...basics,
    certificates: all(({ certificates }) => certificates),
    clientCa: one(({ clientCa }) => clientCa),
    roles,
    access,
    checksClientCertificates: basics.tls && access.some(asksForCertificate),
    identRows: all(({ identRows }) => identRows).map(({ row }) => row),
    parameters: parametersOf(all(({ parameters }) => parameters)),
    reservedParameters: { ...Object.assign({}, ...sorted.map(fixedParameters)), ...record(({ reservedParameters }) => reservedParameters) },
    files: all(({ files }) => files),
    volumes: all(({ volumes }) => volumes),
    claims: all(({ claims }) => claims),
    containers: all(({ containers }) => containers),
    reservedContainers: sorted.flatMap(containersOf),
    ports: all(({ ports }) => ports),
    variables: all(({ variables }) => variables),
    resources: record(({ resources }) => resources),
    hostAliases: parts.flatMap(({ hostAliases = [] }) => hostAliases),
    initdbOptions: parts.flatMap(({ initdbOptions = [] }) => initdbOptions),
    pod: one(({ pod }) => pod),
    services: all(({ services }) => services),
    networkRules: all(({ networkRules }) => networkRules),
    alerts: all(({ alerts }) => alerts),
    objects: all(({ objects }) => objects),
    superuserSecretName: one(({ superuserSecretName }) => superuserSecretName),
    given: {
      images: parts.flatMap(({ given }) => given?.images ?? []),
      labels: parts.flatMap(({ given }) => given?.labels ?? []),
      annotations: parts.flatMap(({ given }) => given?.annotations ?? []),
      resources: parts.flatMap(({ given }) => given?.resources ?? []),
      initResources: parts.flatMap(({ given }) => given?.initResources ?? []),
    },
    absent: { certificates: record(({ absent }) => absent?.certificates), services: record(({ absent }) => absent?.services) },
  };
}

/** Roles of the pod log in by the rows of their features alone. */
function accessRows(rows: ReadonlyArray<HbaRowPlan>, roles: ReadonlyArray<RolePlan>): HbaRow[] {
  return decidingRows(byRank([...rows, ...endOfPodAccess(roles.map(({ name }) => name))]));
}

/** Parameters that a feature sets and that have no default to replace: the user may not set them, also where the feature gives no reason. */
function fixedParameters({ feature, parts: { parameters = [] } }: NamedContribution): Record<string, string> {
  return Object.fromEntries(parameters.filter(({ isDefault, isGiven }) => !isDefault && !isGiven).map(({ parameter: [name] }) => [name.toLowerCase(), `${feature} sets it`]));
}

/** Values of the user's replace defaults. */
function parametersOf(parameters: NonNullable<Contribution['parameters']>): Parameter[] {
  const given = new Set(parameters.filter(({ isGiven }) => isGiven).map(({ parameter: [name] }) => name.toLowerCase()));
  return parameters.filter(({ parameter: [name], isDefault }) => !(isDefault && given.has(name))).map(({ parameter }) => parameter);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
