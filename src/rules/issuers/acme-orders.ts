import { isIP } from 'node:net';
import { mapping, Mapping, mappings, text, texts, valueAt } from '../../data';
import { isIpAddress, unmatchableDnsName } from '../../formats';
import { Located, Manifest } from '../../kubernetes';
import { CertificateNode, isLetsEncrypt, IssuanceGraph, proves, publicCa, publicCaNamed, publicNameError, publicNamesError } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A Certificate that is requested from an ACME issuer of the app. */
interface OrderTarget extends Located {
  readonly at: Manifest;
  readonly certificate: CertificateNode;
  readonly acme: Mapping;
  readonly server: string;
  /** The names whose control must be proven; invalid names are reported by other rules. */
  readonly names: ReadonlyArray<string>;
}

function orders({ certificates }: IssuanceGraph): OrderTarget[] {
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
  {
    code: 'PGTLS-B09',
    title: 'internal name or reserved IP address requested from a public CA',
    consequence: Consequence.NEVER_READY,
    source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2: no internal names, no reserved addresses',
    // A CA certificate is wrong whatever its names are (PGTLS-B17).
    check: ({ names, server, certificate }) => {
      const ca = publicCa(server);
      const fault = ca === undefined || certificate.isCa ? undefined : publicNamesError(names, ca, serviceOf(certificate));
      return when(fault !== undefined, () => fault!);
    },
    fix: 'use a CA of your own (CertificateAuthority) for names inside the cluster, and request only public DNS names from a public CA '
      + '(ServerNames.only of a Postgres)',
  },
  {
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
  },
  {
    code: 'PGTLS-B16',
    title: 'common name missing from dnsNames and ipAddresses of an ACME certificate',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go: InvalidOrder',
    check: ({ certificate: { commonName, dnsNames, ipAddresses } }) => when(
      commonName !== '' && ![...dnsNames, ...ipAddresses, ...ipAddresses.map(canonicalAddress)].includes(commonName),
      () => `commonName '${commonName}' is in neither dnsNames nor ipAddresses`,
    ),
    fix: 'add it to dnsNames, or remove it',
  },
  {
    code: 'PGTLS-B17',
    title: 'CA certificate requested from an ACME issuer',
    consequence: Consequence.NEVER_READY,
    source: 'RFC 8555 issues certificates for identifiers, not CA certificates; a CA issuer rejects such a certificate (pkg/issuer/ca/setup.go)',
    check: ({ certificate: { isCa }, server }) => when(isCa, () => `isCA is true, but the certificate is requested from the ACME server '${server}'`),
    fix: 'use a selfSigned, ca, vault or venafi issuer for a CA certificate',
  },
  {
    code: 'PGTLS-B18',
    severity: Severity.WARNING,
    title: "client certificate requested from Let's Encrypt",
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: "Let's Encrypt: no extended key usage for client authentication since 2026",
    check: ({ certificate: { usages }, server }) => when(
      usages.includes('client auth') && isLetsEncrypt(server),
      () => "usages has 'client auth', which Let's Encrypt omits: servers reject the certificate",
    ),
    fix: 'use a CA of your own for client certificates',
  },
  {
    code: 'PGTLS-B19',
    title: 'URI, email address or other name requested from an ACME issuer',
    consequence: Consequence.NEVER_READY,
    source: 'RFC 8555, 7.4: the request must name exactly the identifiers of the order; cert-manager orders DNS names and IP addresses',
    check: ({ certificate: { spec }, server }) => ['uris', 'emailAddresses', 'otherNames'].flatMap((field) => {
      const entries = field === 'otherNames' ? mappings(spec[field]).map(({ utf8Value }) => text(utf8Value)) : texts(spec[field]);
      return when(entries.length > 0, () => `${field} has '${entries.join("', '")}', but the ACME server '${server}' issues only DNS names and IP addresses`);
    }),
    fix: 'remove it, or use another type of issuer',
  },
] satisfies Rule<OrderTarget>[]);

/** Rules about Certificates of an issuer that the manifests do not contain and that is named after a public CA. */
export const NAMED_AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-E41',
    title: 'internal name or CA certificate requested from an issuer named after a public CA',
    consequence: Consequence.NEVER_READY,
    source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2; RFC 8555: identifiers, and no CAs',
    check: (certificate) => {
      const { issuer, issuerRef: { group, kind, name }, isCa, commonName, dnsNames, ipAddresses } = certificate;
      const ca = issuer === undefined && group === 'cert-manager.io' ? publicCaNamed(name) : undefined;
      if (ca === undefined) { return []; }
      const what = `${kind} '${name}' (${ca}, by its name)`;
      if (isCa) { return [`isCA is true, but the certificate is requested from ${what}`]; }
      const fault = publicNamesError([...dnsNames, ...ipAddresses, ...(commonName === '' ? [] : [commonName])], what, serviceOf(certificate));
      return when(fault !== undefined, () => fault!);
    },
    fix: 'use a CA of your own (CertificateAuthority) for CA certificates and for names inside the cluster, and request only public DNS names from a public CA '
      + '(ServerNames.only of a Postgres); if the issuer is not a public CA in spite of its name, add its manifest',
  },
] satisfies Rule<CertificateNode>[]);

/** Whether a name is that of a Service of the app, with or without its namespace. */
function serviceOf({ manifests }: CertificateNode): (name: string) => boolean {
  return (name) => {
    const [service = '', namespace, ...rest] = name.toLowerCase().split('.');
    return rest.length === 0 && manifests.find('', 'Service', namespace, service) !== undefined;
  };
}

function isRefusedAnyway(name: string, server: string, isService: (name: string) => boolean): boolean {
  return publicCa(server) !== undefined && (publicNameError(name) !== undefined || isService(name));
}

function why(name: string): string {
  if (name.startsWith('*.')) { return ' (a wildcard requires dns01)'; }
  return isIP(name) === 0 ? '' : ' (an IP address requires http01)';
}

/** An address as Go prints it, which is what cert-manager compares. */
function canonicalAddress(address: string): string {
  return isIpAddress(address) && isIP(address) === 6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}
