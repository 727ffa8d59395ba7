import { isIP } from 'node:net';
import { mapping, mappings, valueAt } from '../../data';
import { proves, publicCa, publicNameError } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { OrderTarget, serviceOf } from './acme-order-shared';

export const acmeNameWithoutSolver: Rule<OrderTarget> = {
  id: 'acme-name-without-solver',
  code: 'PGTLS-B15',
  title: 'name that no solver of the ACME issuer can prove',
  consequence: Consequence.NEVER_READY,
  source: 'RFC 8555, 8.4; RFC 8738; cert-manager pkg/util/solverpicker: "no configured challenge solvers can be used for this challenge"',
  check: ({ at: { manifest }, names, server, acme, certificate }) => {
    const solvers = mappings(acme['solvers']);
    // Without any solver the account may be authorized in advance; a warning covers that (PGTLS-I45).
    if (solvers.length === 0) { return []; }
    const labels = mapping(valueAt(manifest, 'metadata.labels'));
    return names.filter((name) => !isRefusedAnyway(name, server, serviceOf(certificate)) && !solvers.some((solver) => proves(solver, name, labels)))
      .map((name) => `'${name}' matches none of the ${solvers.length} solver(s) of ${certificate.issuerRef.kind} '${certificate.issuerRef.name}'${why(name)}`);
  },
  fix: 'give the issuer a solver whose selector matches the name: dns01 for a wildcard, http01 for an IP address',
};

function isRefusedAnyway(name: string, server: string, isService: (name: string) => boolean): boolean {
  return publicCa(server) !== undefined && (publicNameError(name) !== undefined || isService(name));
}

function why(name: string): string {
  if (name.startsWith('*.')) { return ' (a wildcard requires dns01)'; }
  return isIP(name) === 0 ? '' : ' (an IP address requires http01)';
}
