import { dnsSubdomainError, holdsVariable } from '../../formats';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { Referring } from './reference-name-shared';

export const referenceNameInvalid: Rule<Referring> = {
  id: 'reference-name-invalid',
  code: 'PGTLS-A20',
  title: 'reference to an object by an invalid name',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Object Names and IDs; pkg/apis/core/validation: a name in a reference must not be empty, but need not be valid',
  check: ({ references }) => references.flatMap(({ field, kind, name }) => {
    const fault = dnsSubdomainError(name);
    return name === '' || fault === undefined || holdsVariable(name) ? [] : [`${field} names ${kind} '${name}', which ${fault}`];
  }),
  fix: 'set the name of an existing object',
};
