import { solverParts } from './solvers';
import { isGiven, mapping, type Mapping, text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

const SERVICE_PRINCIPAL = ['clientID', 'tenantID', 'clientSecretSecretRef'];

export const acmeAzureCredentials: Rule<TypedIssuer> = {
  id: 'acme-azure-credentials',
  code: 'PGTLS-I37',
  title: 'Azure DNS credentials incomplete, or of two kinds',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01.azureDNS', source)) {
      const principal = SERVICE_PRINCIPAL.filter((part) => isGiven(config[part]) && config[part] !== '');
      if (principal.length > 0) { checkServicePrincipal(field, config, principal, report); } else { checkManagedIdentity(field, config, report); }
    }
  },
  fix: 'set clientID, tenantID and clientSecretSecretRef together, or managedIdentity with clientID (and tenantID) or resourceID, or none of them',
};

function checkServicePrincipal(field: string, config: Mapping, principal: ReadonlyArray<string>, report: Report): void {
  const missing = SERVICE_PRINCIPAL.filter((part) => !principal.includes(part));
  if (missing.length > 0) {
    report(missing.length === 1 ? `spec.${field}.${missing[0]}` : `spec.${field}`, `${field} has ${principal.join(' and ')} without ${missing.join(' and ')}`);
  }
  if (isGiven(config['managedIdentity'])) { report(`spec.${field}.managedIdentity`, `${field} has managedIdentity together with ${principal.join(' and ')}`); }
}

function checkManagedIdentity(field: string, config: Mapping, report: Report): void {
  const { clientID, resourceID, tenantID } = mapping(config['managedIdentity']);
  const has = { clientID: text(clientID) !== '', resourceID: text(resourceID) !== '', tenantID: text(tenantID) !== '' };
  const at = `spec.${field}.managedIdentity`;
  if (has.clientID && has.resourceID) { report(at, `${field} has a managedIdentity with both clientID and resourceID`); }
  if (has.tenantID && has.resourceID) { report(at, `${field} has a managedIdentity with both tenantID and resourceID`); }
  if (has.tenantID && !has.clientID && !has.resourceID) { report(`${at}.clientID`, `${field} has a managedIdentity with tenantID but no clientID`); }
}
