import { isIP } from 'node:net';
import type { AcmeOrder } from './acme-order';
import { fieldOfName, isServiceOf } from './requested-names';
import { mapping, mappings, valueAt } from '../../data';
import { proves, publicCa, publicNameError } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const acmeNameWithoutSolver: Rule<AcmeOrder> = {
  id: 'acme-name-without-solver',
  code: 'PGTLS-B15',
  title: 'name that no solver of the ACME issuer can prove',
  consequence: Consequence.NEVER_READY,
  sources: [
    rfc(8555, '8.4'),
    rfc(8738, '', 'an IP address is not proven by DNS'),
    certManagerFile('pkg/util/solverpicker/solverpicker.go'),
    certManagerFile('pkg/controller/acmeorders/util.go', 'no configured challenge solvers can be used for this challenge'),
  ],
  check: (order, report) => {
    const { at: { manifest }, names, acme, certificate } = order;
    const solvers = mappings(acme['solvers']);
    // Without any solver the account may be authorized in advance; a warning covers that (PGTLS-I45).
    if (solvers.length === 0) { return; }
    const labels = mapping(valueAt(manifest, 'metadata.labels'));
    for (const name of names) {
      if (hasOtherFinding(name, order) || solvers.some((solver) => proves(solver, name, labels))) { continue; }
      report(fieldOfName(certificate, name), `'${name}' matches none of the ${solvers.length} solver(s) of ${certificate.issuerRef.kind} '${certificate.issuerRef.name}'${why(name)}`);
    }
  },
  fix: 'give the issuer a solver whose selector matches the name: dns01 for a wildcard, http01 for an IP address',
};

/** Whether the CA does not issue the name at all (PGTLS-B09). */
function hasOtherFinding(name: string, { server, certificate }: AcmeOrder): boolean {
  return publicCa(server) !== undefined && (publicNameError(name) !== undefined || isServiceOf(certificate)(name));
}

function why(name: string): string {
  if (name.startsWith('*.')) { return ' (a wildcard requires dns01)'; }
  return isIP(name) === 0 ? '' : ' (an IP address requires http01)';
}
