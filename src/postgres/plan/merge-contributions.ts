import type { Contribution, NamedContribution } from './contribution';
import type { DatabaseBasics } from './database-basics';
import type { AskedParts, MergedContributions } from './database-plan';
import { decidingRows, endOfPodAccess } from './hba-rows';
import type { HbaRowPlan, RolePlan } from './parts';
import { byRank, type Ranked } from './rank';
import { containersOf } from './unique-names';
import { asksForCertificate, type HbaRow, type Parameter } from '../../postgresql';

/** Merges contributions. Their order has no effect: parts are sorted by rank, and parts of equal rank by the name of their feature. */
export function mergeContributions(basics: DatabaseBasics, contributions: ReadonlyArray<NamedContribution>): MergedContributions {
  const sorted = inOrder(contributions);
  const all = <Part extends Ranked>(pick: (given: Contribution) => ReadonlyArray<Part> | undefined): Part[] => ranked(sorted, pick);
  const list = <Part>(pick: (given: Contribution) => ReadonlyArray<Part> | undefined): Part[] => sorted.flatMap(({ parts }) => pick(parts) ?? []);
  const each = <Part>(pick: (given: Contribution) => Part | undefined): Array<Part | undefined> => sorted.map(({ parts }) => pick(parts));
  const one = <Part>(pick: (given: Contribution) => Part | undefined): Part | undefined => each(pick).find((part) => part !== undefined);
  const record = <Value>(pick: (given: Contribution) => Readonly<Record<string, Value>> | undefined): Record<string, Value> => Object.assign({}, ...each(pick));
  return {
    clientCa: one(({ clientCa }) => clientCa),
    roles: rolesOf(sorted),
    access: accessOf(sorted),
    identRows: all(({ identRows }) => identRows).map(({ row }) => row),
    reservedParameters: { ...Object.assign({}, ...sorted.map(fixedParameters)), ...record(({ reservedParameters }) => reservedParameters) },
    files: all(({ files }) => files),
    volumes: all(({ volumes }) => volumes),
    claims: all(({ claims }) => claims),
    containers: all(({ containers }) => containers),
    reservedContainers: sorted.flatMap(containersOf),
    ports: all(({ ports }) => ports),
    variables: all(({ variables }) => variables),
    resources: record(({ resources }) => resources),
    hostAliases: list(({ hostAliases }) => hostAliases),
    initdbOptions: list(({ initdbOptions }) => initdbOptions),
    pod: one(({ pod }) => pod),
    services: all(({ services }) => services),
    networkRules: all(({ networkRules }) => networkRules),
    egressRules: all(({ egressRules }) => egressRules),
    alerts: all(({ alerts }) => alerts),
    objects: all(({ objects }) => objects),
    superuserSecretName: one(({ superuserSecretName }) => superuserSecretName),
    given: {
      images: list(({ given }) => given?.images),
      labels: list(({ given }) => given?.labels),
      annotations: list(({ given }) => given?.annotations),
      resources: list(({ given }) => given?.resources),
      initResources: list(({ given }) => given?.initResources),
    },
    absent: { certificates: record(({ absent }) => absent?.certificates), services: record(({ absent }) => absent?.services) },
    // Last: V8 takes fifty times as long to add that many properties to a copy of an object.
    ...mergeAsked(basics, sorted),
  };
}

/** Merges those parts alone that `complete` functions of features look at. */
export function mergeAsked(basics: DatabaseBasics, contributions: ReadonlyArray<NamedContribution>): AskedParts {
  const sorted = inOrder(contributions);
  return {
    certificates: ranked(sorted, ({ certificates }) => certificates),
    checksClientCertificates: basics.tls && accessOf(sorted).some(asksForCertificate),
    parameters: parametersOf(ranked(sorted, ({ parameters }) => parameters)),
    ...basics,
  };
}

function inOrder(contributions: ReadonlyArray<NamedContribution>): NamedContribution[] {
  return [...contributions].sort(({ feature: one }, { feature: other }) => compare(one, other));
}

function ranked<Part extends Ranked>(contributions: ReadonlyArray<NamedContribution>, pick: (given: Contribution) => ReadonlyArray<Part> | undefined): Part[] {
  return byRank(contributions.flatMap(({ parts }) => pick(parts) ?? []));
}

function rolesOf(contributions: ReadonlyArray<NamedContribution>): RolePlan[] {
  return ranked(contributions, ({ roles }) => roles);
}

/** Roles of the pod log in by the rows of their features alone. */
function accessOf(contributions: ReadonlyArray<NamedContribution>): HbaRow[] {
  const rows = ranked<HbaRowPlan>(contributions, ({ hbaRows }) => hbaRows);
  return decidingRows(byRank([...rows, ...endOfPodAccess(rolesOf(contributions).map(({ name }) => name))]));
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
