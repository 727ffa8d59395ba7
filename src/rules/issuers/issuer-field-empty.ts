import { mappings, valueAt } from '../../data';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

/** Fields that the schema requires, alone or beside another field, and that the webhook rejects if they are empty. */
const REQUIRED: Readonly<Record<string, ReadonlyArray<string>>> = {
  vault: [
    'server', 'path', 'auth.appRole.roleId', 'auth.kubernetes.role', 'auth.kubernetes.serviceAccountRef.name', 'auth.aws.role',
    'auth.aws.serviceAccountRef.name',
  ],
  venafi: ['zone', 'tpp.url', 'ngts.tsgID'],
  acme: ['server', 'externalAccountBinding.keyID'],
};

const REQUIRED_OF_SOLVER = [
  'dns01.acmeDNS.host', 'dns01.akamai.serviceConsumerDomain', 'dns01.azureDNS.subscriptionID', 'dns01.azureDNS.resourceGroupName',
  'dns01.cloudDNS.project', 'dns01.rfc2136.nameserver', 'dns01.webhook.solverName',
];

export const issuerFieldEmpty: Rule<IssuerNode> = {
  id: 'issuer-field-empty',
  code: 'PGTLS-I06',
  title: 'required issuer field is empty',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ spec, type }, report) => {
    for (const field of REQUIRED[type ?? ''] ?? []) {
      if (valueAt(spec[type!], field) === '') { report(`spec.${type}.${field}`, `${type}.${field} is empty`); }
    }
    for (const [index, solver] of (type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).entries()) {
      for (const field of REQUIRED_OF_SOLVER.filter((path) => valueAt(solver, path) === '')) {
        report(`spec.acme.solvers[${index}].${field}`, `acme.solvers[${index}].${field} is empty`);
      }
    }
  },
  fix: 'set a value',
};
