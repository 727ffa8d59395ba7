import type { NamedContribution } from './contribution';
import { HBA_RANK } from './rank';
import { containersOf } from './unique-names';

/** Names of containers and volumes that no feature adds, and rows that come too late for the role that they are for. */
export function referenceFaults(contributions: ReadonlyArray<NamedContribution>): string[] {
  const containers = new Set(contributions.flatMap(containersOf));
  const volumes = new Set(contributions.flatMap(({ parts }) => parts.volumes ?? []).map(({ name }) => name));
  return contributions.flatMap((contribution) => [
    ...unknownContainers(contribution, containers), ...unknownVolumes(contribution, volumes), ...lateRows(contribution),
  ].map((fault) => `feature '${contribution.feature}': ${fault}`));
}

function unknownContainers({ parts: { ports = [], variables = [], volumes = [] } }: NamedContribution, known: ReadonlySet<string>): string[] {
  const isUnknown = (container: string) => !known.has(container);
  const fault = (what: string, container: string) => `${what} is for container '${container}', which no feature adds`;
  return [
    ...ports.filter(({ container }) => isUnknown(container)).map(({ name, container }) => fault(`port '${name}'`, container)),
    ...variables.filter(({ container }) => isUnknown(container)).map(({ variable, container }) => fault(`variable '${variable.name}'`, container)),
    ...volumes.flatMap(({ name, users }) => (users === 'all' ? [] : users.filter(isUnknown).map((container) => fault(`volume '${name}'`, container)))),
  ];
}

function unknownVolumes({ parts: { containers = [] } }: NamedContribution, known: ReadonlySet<string>): string[] {
  return containers.flatMap(({ name, shares = [], reads = [] }) => [...shares, ...reads].filter((volume) => !known.has(volume)).map((volume) => `container '${name}' shares volume '${volume}', which no feature adds`));
}

/** A role of the pod is rejected after the rows of the pod. */
function lateRows({ parts: { roles = [], hbaRows = [] } }: NamedContribution): string[] {
  return roles.flatMap(({ name }) => hbaRows.filter(({ rank, row }) => rank >= HBA_RANK.POD_END && row.users.includes(name))
    .map(({ rank }) => `the row of role '${name}' has rank ${rank}, and roles of the pod are rejected from rank ${HBA_RANK.POD_END} on`));
}
