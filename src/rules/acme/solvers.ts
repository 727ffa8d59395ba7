import { isGiven, mapping, type Mapping, mappings, valueAt } from '../../data';

/** A solver of an issuer of type `acme`. */
interface Solver {
  /** For example `acme.solvers[0]`. */
  readonly field: string;
  readonly solver: Mapping;
}

/** A part of a solver. */
interface SolverPart {
  /** For example `acme.solvers[0].dns01.route53`. */
  readonly field: string;
  readonly config: Mapping;
}

export function solversOf(source: Mapping): Solver[] {
  return mappings(source['solvers']).map((solver, index) => ({ field: `acme.solvers[${index}]`, solver }));
}

/** The value at a path, for every solver in which it is set. */
export function solverParts(path: string, source: Mapping): SolverPart[] {
  return solversOf(source).filter(({ solver }) => isGiven(valueAt(solver, path)))
    .map(({ field, solver }) => ({ field: `${field}.${path}`, config: mapping(valueAt(solver, path)) }));
}
