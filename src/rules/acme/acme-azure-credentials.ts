import { isGiven, mapping, Mapping, text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

const SERVICE_PRINCIPAL = ['clientID', 'tenantID', 'clientSecretSecretRef'];

export const acmeAzureCredentials: Rule<TypedIssuer> = {
  id: 'acme-azure-credentials',
  code: 'PGTLS-I37',
  title: 'Azure DNS credentials incomplete, or of two kinds',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('dns01.azureDNS', source).flatMap(({ field, config }) => azureFaults(config).map((fault) => `${field} ${fault}`)),
  fix: 'set clientID, tenantID and clientSecretSecretRef together, or managedIdentity with clientID (and tenantID) or resourceID, or none of them',
};

function azureFaults(config: Mapping): string[] {
  const principal = SERVICE_PRINCIPAL.filter((field) => isGiven(config[field]) && config[field] !== '');
  const { clientID, resourceID, tenantID } = mapping(config['managedIdentity']);
  const identity = { clientID: text(clientID) !== '', resourceID: text(resourceID) !== '', tenantID: text(tenantID) !== '' };
  if (principal.length > 0) {
    const missing = SERVICE_PRINCIPAL.filter((field) => !principal.includes(field));
    return [
      ...when(missing.length > 0, () => `has ${principal.join(' and ')} without ${missing.join(' and ')}`),
      ...when(isGiven(config['managedIdentity']), () => `has managedIdentity together with ${principal.join(' and ')}`),
    ];
  }
  return [
    ...when(identity.clientID && identity.resourceID, () => 'has a managedIdentity with both clientID and resourceID'),
    ...when(identity.tenantID && identity.resourceID, () => 'has a managedIdentity with both tenantID and resourceID'),
    ...when(identity.tenantID && !identity.clientID && !identity.resourceID, () => 'has a managedIdentity with tenantID but no clientID'),
  ];
}
