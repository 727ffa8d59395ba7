import { identifiersIn, type Parameter } from '../../../postgresql';

export const LIBRARIES = 'shared_preload_libraries';

/** The libraries as a list, which a field of the Cluster has: the operator adds those that it needs. */
export function preloadedLibraries(parameters: ReadonlyArray<Parameter>): string[] {
  const given = parameters.find(([name]) => name.toLowerCase() === LIBRARIES)?.[1];
  return given === undefined ? [] : identifiersIn(String(given)) ?? [String(given)];
}
