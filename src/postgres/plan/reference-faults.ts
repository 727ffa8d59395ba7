import { containersOf, NamedContribution } from './collisions';
import { HBA_RANK } from './rank';

/** Names of containers and volumes that no feature adds, and rows that come too late for the role that they are for. */
export function referenceFaults(contributions: ReadonlyArray<NamedContribution>): string[] {
  const containers = new Set(contributions.flatMap(containersOf));
  const volumes = new Set(contributions.flatMap(({ parts }) => parts.volumes ?? []).map(({ name }) => name));
  return contributions.flatMap((contribution) => [
    ...containerReferences(contribution).filter(({ container }) => !containers.has(container)).map(({ what, container }) => `${what} is for container '${container}', which no feature adds`),
    ...volumeReferences(contribution).filter(({ volume }) => !volumes.has(volume)).map(({ what, volume }) => `${what} shares volume '${volume}', which no feature adds`),
    ...lateRows(contribution),
  ].map((fault) => `feature '${contribution.feature}': ${fault}`));
}

function containerReferences({ parts: { ports = [], variables = [], volumes = [] } }: NamedContribution): Array<{ readonly what: string; readonly container: string }> {
  return [
    ...ports.map(({ name, container }) => ({ what: `port '${name}'`, container })),
    ...variables.map(({ variable, container }) => ({ what: `variable '${variable.name}'`, container })),
    ...volumes.flatMap(({ name, users }) => (users === 'all' ? [] : users.map((container) => ({ what: `volume '${name}'`, container })))),
  ];
}

function volumeReferences({ parts: { containers = [] } }: NamedContribution): Array<{ readonly what: string; readonly volume: string }> {
  return containers.flatMap(({ name, shares = [] }) => shares.map((volume) => ({ what: `container '${name}'`, volume })));
}

/** A role of the pod is rejected after the rows of the pod. */
function lateRows({ parts: { roles = [], hbaRows = [] } }: NamedContribution): string[] {
  return hbaRows.filter(({ rank }) => rank >= HBA_RANK.POD_END).flatMap(({ rank, row }) => roles.filter(({ name }) => row.users.includes(name))
    .map(({ name }) => `the row of role '${name}' has rank ${rank}, and roles of the pod are rejected from rank ${HBA_RANK.POD_END} on`));
}
