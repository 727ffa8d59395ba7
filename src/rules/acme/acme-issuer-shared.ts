import { isGiven, mapping, Mapping, mappings, valueAt } from '../../data';

export function solvers(source: Mapping): Array<{ readonly field: string; readonly solver: Mapping }> {
  return mappings(source['solvers']).map((solver, index) => ({ field: `acme.solvers[${index}]`, solver }));
}

/** The solvers in which a path is set, with the value at that path. */
export function having(path: string, source: Mapping): Array<{ readonly field: string; readonly config: Mapping }> {
  return solvers(source).filter(({ solver }) => isGiven(valueAt(solver, path)))
    .map(({ field, solver }) => ({ field: `${field}.${path}`, config: mapping(valueAt(solver, path)) }));
}
