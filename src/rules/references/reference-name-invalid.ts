import type { Referring } from './referring';
import { dnsSubdomainError, holdsVariable } from '../../formats';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile, kubernetesPage } from '../engine/sources';

export const referenceNameInvalid: Rule<Referring> = {
  id: 'reference-name-invalid',
  code: 'PGTLS-A20',
  title: 'reference to an object by an invalid name',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs'),
    kubernetesFile('pkg/apis/core/validation/validation.go', 'a name in a reference must not be empty, but need not be valid'),
  ],
  check: ({ references }, report) => {
    for (const { field, nameField, kind, name } of references) {
      const fault = name === '' || holdsVariable(name) ? undefined : dnsSubdomainError(name);
      if (fault !== undefined) { report(nameField, `${field} names ${kind} '${name}', which ${fault}`); }
    }
  },
  fix: 'set the name of an existing object',
};
