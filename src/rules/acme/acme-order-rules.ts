import { acmeCaCertificate } from './acme-ca-certificate';
import { acmeClientCertificate } from './acme-client-certificate';
import { acmeCommonNameNotInSans } from './acme-common-name-not-in-sans';
import { acmeNameTypeUnsupported } from './acme-name-type-unsupported';
import { acmeNameWithoutSolver } from './acme-name-without-solver';
import type { AcmeOrder } from './acme-order';
import { internalNameFromNamedPublicCa } from './internal-name-from-named-public-ca';
import { internalNameFromPublicCa } from './internal-name-from-public-ca';
import { mapping, text } from '../../data';
import { isIpAddress, unmatchableDnsName } from '../../formats';
import type { IssuanceGraph } from '../../pki';
import { ruleTable } from '../engine/rule-table';

function orders({ certificates }: IssuanceGraph): AcmeOrder[] {
  return certificates.flatMap((certificate) => {
    const issuer = certificate.issuer;
    if (issuer?.type !== 'acme') { return []; }
    const acme = mapping(issuer.spec['acme']);
    const names = [
      ...certificate.dnsNames.filter((name) => unmatchableDnsName(name) === undefined),
      ...certificate.ipAddresses.filter(isIpAddress),
    ];
    return [{ at: certificate.at, certificate, acme, server: text(acme['server']), names }];
  });
}

/** Rules about Certificates that are requested from an ACME issuer. */
export const ACME_ORDER_RULES = ruleTable(orders, [
  internalNameFromPublicCa,
  acmeNameWithoutSolver,
  acmeCommonNameNotInSans,
  acmeCaCertificate,
  acmeClientCertificate,
  acmeNameTypeUnsupported,
]);

/** Rules about Certificates of an issuer that the manifests do not contain and that is named after a public CA. */
export const NAMED_AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  internalNameFromNamedPublicCa,
]);
