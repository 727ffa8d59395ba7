import { isIP } from 'node:net';
import { mapping, Mapping, mappings, text, texts, valueAt } from '../../data';
import { isIpAddress, unmatchableDnsName } from '../../formats';
import { Located, Manifest } from '../../kubernetes';
import { CertificateNode, isLetsEncrypt, IssuanceGraph, proves, publicCa, publicCaNamed, publicNameError, publicNamesError } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A Certificate that an ACME issuer of the app is asked for. */
interface OrderTarget extends Located {
  readonly at: Manifest;
  readonly certificate: CertificateNode;
  readonly acme: Mapping;
  readonly server: string;
  /** The names that the server must see proven; those that are none are named by their own rules. */
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

/** What is proven about Certificates that an ACME issuer is asked for. */
export const ACME_ORDER_RULES = ruleTable(orders, [
  {
    code: 'PGTLS-B09',
    title: 'a name that no public authority certifies',
    consequence: Consequence.NEVER_READY,
    source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2: no internal names, no reserved addresses',
    // One that asks for a CA is wrong whatever its names are (PGTLS-B17).
    check: ({ names, server, certificate }) => {
      const authority = publicCa(server);
      const fault = authority === undefined || certificate.isCa ? undefined : publicNamesError(names, authority, serviceOf(certificate));
      return when(fault !== undefined, () => fault!);
    },
    fix: 'have names inside the cluster signed by an authority of your own (CertificateAuthority), and by a public one only what the world can look up '
      + '(ServerNames.only of a Postgres)',
  },
  {
    code: 'PGTLS-B15',
    title: 'a name that no solver of its ACME issuer can prove',
    consequence: Consequence.NEVER_READY,
    source: 'RFC 8555, 8.4; RFC 8738; cert-manager pkg/util/solverpicker: "no configured challenge solvers can be used for this challenge"',
    check: ({ at: { manifest }, names, server, acme, certificate }) => {
      const solvers = mappings(acme['solvers']);
      // Without any solver the account may be authorized beforehand; the issuer is warned about.
      if (solvers.length === 0) { return []; }
      const labels = mapping(valueAt(manifest, 'metadata.labels'));
      return names.filter((name) => !isRefusedAnyway(name, server, serviceOf(certificate)) && !solvers.some((solver) => proves(solver, name, labels)))
        .map((name) => `'${name}' is proven by none of the ${solvers.length} solver(s) of ${certificate.issuerRef.kind} '${certificate.issuerRef.name}'${why(name)}`);
    },
    fix: 'give the issuer a solver whose selector takes the name: dns01 for a wildcard, http01 for an address',
  },
  {
    code: 'PGTLS-B16',
    title: 'a common name that is not among the names of an ACME order',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/acme/acme.go: InvalidOrder',
    check: ({ certificate: { commonName, dnsNames, ipAddresses } }) => when(
      commonName !== '' && ![...dnsNames, ...ipAddresses, ...ipAddresses.map(canonicalAddress)].includes(commonName),
      () => `commonName '${commonName}' is in neither dnsNames nor ipAddresses`,
    ),
    fix: 'repeat it in dnsNames, or leave it out',
  },
  {
    code: 'PGTLS-B17',
    title: 'an authority asked of an ACME server',
    consequence: Consequence.NEVER_READY,
    source: 'RFC 8555 issues certificates for identifiers; what comes back is not a CA, and a CA issuer refuses it (pkg/issuer/ca/setup.go)',
    check: ({ certificate: { isCa }, server }) => when(isCa, () => `isCA is true, and the ACME server '${server}' is asked for it`),
    fix: 'have an authority signed by a selfSigned, ca, vault or venafi issuer',
  },
  {
    code: 'PGTLS-B18',
    severity: Severity.WARNING,
    title: "a client certificate from Let's Encrypt",
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: "Let's Encrypt: no extended key usage for client authentication since 2026",
    check: ({ certificate: { usages }, server }) => when(
      usages.includes('client auth') && isLetsEncrypt(server),
      () => "usages name 'client auth', which Let's Encrypt leaves out: servers will refuse the certificate",
    ),
    fix: 'have client certificates signed by an authority of your own, whose names mean something to your server',
  },
  {
    code: 'PGTLS-B19',
    title: 'a URI, email address or other name asked of an ACME server',
    consequence: Consequence.NEVER_READY,
    source: 'RFC 8555, 7.4: the request must name exactly the identifiers of the order; cert-manager orders DNS names and IP addresses',
    check: ({ certificate: { spec }, server }) => ['uris', 'emailAddresses', 'otherNames'].flatMap((field) => {
      const entries = field === 'otherNames' ? mappings(spec[field]).map(({ utf8Value }) => text(utf8Value)) : texts(spec[field]);
      return when(entries.length > 0, () => `${field} has '${entries.join("', '")}', and the ACME server '${server}' certifies DNS names and addresses only`);
    }),
    fix: 'leave it out, or take another type of issuer',
  },
] satisfies Rule<OrderTarget>[]);

/** What is proven about Certificates of an issuer that stands elsewhere and is called like a public authority. */
export const NAMED_AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-E41',
    title: 'an issuer named after a public authority, asked for what none of them signs',
    consequence: Consequence.NEVER_READY,
    source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2; RFC 8555: identifiers, and no CAs',
    check: (certificate) => {
      const { issuer, issuerRef: { group, kind, name }, isCa, commonName, dnsNames, ipAddresses } = certificate;
      const authority = issuer === undefined && group === 'cert-manager.io' ? publicCaNamed(name) : undefined;
      if (authority === undefined) { return []; }
      const what = `${kind} '${name}', by its name ${authority},`;
      if (isCa) { return [`isCA is true, and ${what} is asked for it`]; }
      const fault = publicNamesError([...dnsNames, ...ipAddresses, ...(commonName === '' ? [] : [commonName])], what, serviceOf(certificate));
      return when(fault !== undefined, () => fault!);
    },
    fix: 'have names inside the cluster and CAs signed by a CA of your own (CertificateAuthority), and by a public one only names of the public DNS '
      + '(ServerNames.only of a Postgres); an issuer that is another in spite of its name is known by its manifest beside this one',
  },
] satisfies Rule<CertificateNode>[]);

/** Whether a name is a Service of the app and its namespace. */
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
  if (name.startsWith('*.')) { return ', and a wildcard needs dns01'; }
  return isIP(name) === 0 ? '' : ', and an address needs http01';
}

/** As Go prints an address, which is what cert-manager compares. */
function canonicalAddress(address: string): string {
  return isIpAddress(address) && isIP(address) === 6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}
