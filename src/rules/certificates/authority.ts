import { isGiven, mapping, mappings, text, valueAt } from '../../data';
import { displayName, inNamespace } from '../../kubernetes';
import {
  CertificateNode, CONSTRAINED_TYPES, hasTrustOverlap, isHostLike, IssuerNode, isWritable, NameConstraints, outsideConstraints,
} from '../../pki';
import { isMisusedAsCa } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** What is proven about issuers that sign with the key pair of a Certificate. */
export const AUTHORITY_ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-E01',
    title: 'an issuer whose key pair is not that of an authority',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/ca/setup.go: the issuer is never ready',
    check: (issuer) => {
      const { caCertificate: authority, caSecretName } = issuer;
      // A certificate that this very issuer shall sign is another mistake (PGTLS-A03).
      return when(authority !== undefined && !authority.isCa && authority.issuer !== issuer,
        () => `${displayName(issuer.at)} signs with Secret '${caSecretName}', which ${displayName(authority!.at)} writes without isCA`);
    },
    fix: 'set isCA on that Certificate, or name the Secret of an authority',
  },
  {
    code: 'PGTLS-E02',
    title: 'an issuer whose key pair is in another namespace',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/helper.go, ResourceNamespace; cert-manager issue 7120',
    check: ({ at: issuer, caCertificate: authority, caCertificatesElsewhere: authoritiesElsewhere, caSecretName, secretNamespace }) => {
      const [elsewhere] = authoritiesElsewhere.filter(({ spec }) => !isCopied(valueAt(spec, 'secretTemplate.annotations')));
      const isDecidable = authority === undefined && elsewhere?.at.namespace !== undefined && secretNamespace !== undefined;
      return when(isDecidable && SECRET_MAKERS.every(([group, kind]) => !elsewhere.manifests.find(group, kind, secretNamespace, caSecretName ?? '')),
        () => `${displayName(issuer)} looks for Secret '${caSecretName}'${inNamespace(secretNamespace)}, `
          + `but ${displayName(elsewhere!.at)} writes it${inNamespace(elsewhere!.at.namespace)}`);
    },
    fix: 'put the Certificate there: beside an Issuer, or in the cluster resource namespace for a ClusterIssuer (tell the proofs if yours is another)',
  },
] satisfies Rule<IssuerNode>[]);

/** What is proven about authorities and what they sign. */
export const AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-E03',
    title: 'authorities that wait for each other',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go: the issuer is ready once the certificate is, and the other way round',
    check: (certificate) => {
      const { issuerCycle: circle } = certificate;
      // Told once, at the first of them, and only where nothing simpler is wrong with one of them.
      const [first] = circle.map(({ at: { path } }) => path).sort();
      return when(circle.length > 0 && circle.every(({ isCa }) => isCa) && first === certificate.at.path,
        () => `${displayName(certificate.at)} is signed by ${circle.map((signer) => displayName(signer.at)).join(', that by ')}: none is ever issued`);
    },
    fix: 'have the topmost authority signed by a selfSigned issuer',
  },
  {
    code: 'PGTLS-E04',
    title: 'an authority without a subject',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.1.2.4; openssl verify -x509_strict',
    check: ({ isCa, spec, subject, alternativeNames }) => {
      // Without any name at all the webhook refuses it, and a literal subject that cannot be read too (PGTLS-B01, PGTLS-B03).
      const isNamed = Object.values(alternativeNames).some((names) => names.length > 0) || mappings(spec['otherNames']).length > 0;
      return when(isCa && subject === '' && isNamed && text(spec['literalSubject']) === '', () => 'an authority has an empty subject, which RFC 5280 forbids');
    },
    fix: 'give it a commonName of its own',
  },
  {
    code: 'PGTLS-E05',
    title: 'an authority whose key changes at every renewal',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager 1.18: rotationPolicy is Always unless it says Never; no leaf is issued again when its authority changes',
    check: (certificate) => {
      const { isCa, isRenewed, rotatesKey, signsItself, signsFor, spec } = certificate;
      const [issuer] = signsFor;
      // The key of an intermediate may change: what it signed carries the intermediate with it.
      return when(isCa && isRenewed && rotatesKey && signsItself && issuer !== undefined && !hasTrustOverlap(certificate), () => {
        const policy = text(valueAt(spec, 'privateKey.rotationPolicy'));
        return `${displayName(issuer!.at)} signs with a key of rotationPolicy ${policy === '' ? 'Always, the default' : policy}: `
          + 'after a renewal nobody who trusts the new certificate takes what the old key signed';
      });
    },
    fix: 'set privateKey.rotationPolicy to Never, or have peers trust the old and the new authority at once, with a Bundle of both',
  },
  {
    code: 'PGTLS-E06',
    title: 'an authority whose extended key usages do not cover what it signs',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL error 26: extended key usages of an authority bind everything below it',
    check: (certificate) => uncoveredPurposes(certificate),
    fix: 'give an authority no extended key usages: cert sign, crl sign and digital signature are enough',
  },
  {
    code: 'PGTLS-E07',
    title: 'name constraints on what is no authority, or that are empty',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec, isCa }) => {
      if (!isGiven(spec['nameConstraints'])) { return []; }
      const { permitted, excluded } = mapping(spec['nameConstraints']);
      return [
        ...when(!isCa, () => 'nameConstraints are given for a certificate that is not an authority'),
        ...when(!isGiven(permitted) && !isGiven(excluded), () => 'nameConstraints have neither permitted nor excluded names'),
      ];
    },
    fix: 'set them on an authority, with at least one permitted or excluded name',
  },
  {
    code: 'PGTLS-E08',
    title: 'a name that the authority may not sign for',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.10; OpenSSL error 47',
    check: (certificate) => certificate.issuingCas.flatMap((authority) => outsideOf(authority, certificate)),
    fix: 'leave the name out, or let the authority sign for it (a permitted domain covers all below it, a single label only itself and what is below)',
  },
  {
    code: 'PGTLS-E09',
    title: 'key usages that no TLS peer accepts',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL, X509_check_purpose: any is no purpose; a client signs, a server signs or takes keys',
    check: ({ isCa, keyUsages, extendedKeyUsages }) => {
      const can = (...usages: string[]) => keyUsages.length === 0 || usages.some((usage) => keyUsages.includes(usage));
      const said = keyUsages.join(', ');
      return isCa ? [] : [
        ...when(extendedKeyUsages.length > 0 && extendedKeyUsages.every((usage) => usage === 'any'),
          () => "the extended key usage is 'any' alone"),
        ...when(extendedKeyUsages.includes('client auth') && !can(...SIGNING), () => `a client has the key usages ${said}, without digital signature`),
        ...when(extendedKeyUsages.includes('server auth') && !can(...SIGNING, 'key encipherment', 'key agreement'),
          () => `a server has the key usages ${said}, without digital signature`),
      ];
    },
    fix: 'use digital signature and key encipherment, with server auth, client auth or both',
  },
  {
    code: 'PGTLS-E10',
    severity: Severity.WARNING,
    title: 'a self-signed certificate that is no authority',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificaterequests/selfsigned: ca.crt is the certificate itself',
    // Where pods take it for an authority that is an error (PGTLS-E15).
    check: (certificate) => when(!certificate.isCa && certificate.signsItself && !isMisusedAsCa(certificate),
      () => `${displayName(certificate.issuer!.at)} lets the certificate sign itself: peers have to trust this one, and the next one after each renewal`),
    fix: 'have it signed by an authority, a CertificateAuthority for example',
  },
  {
    code: 'PGTLS-E18',
    severity: Severity.WARNING,
    title: 'an authority with extended key usages',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL error 26: extended key usages of an authority bind everything below it',
    check: (certificate) => {
      const { isCa, extendedKeyUsages } = certificate;
      return when(isCa && extendedKeyUsages.length > 0 && uncoveredPurposes(certificate).length === 0,
        () => `an authority is limited to ${extendedKeyUsages.join(', ')}`);
    },
    fix: 'leave them out, unless it shall sign for nothing else',
  },
  {
    code: 'PGTLS-E19',
    title: 'name constraints that cannot be written, or that name nothing',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/nameconstraints.go: no request is made and nothing is told (issue 9139); empty ones are left out',
    check: (certificate) => {
      const { permitted, excluded } = mapping(certificate.spec['nameConstraints']);
      if (!isGiven(permitted) && !isGiven(excluded)) { return []; }
      const all = constraintsOf(certificate.nameConstraints);
      return [
        ...when(all.length === 0, () => 'nameConstraints name nothing'),
        ...all.filter(({ type, name }) => !isWritable(type, name)).map(({ side, type, name }) =>
          `nameConstraints.${side}.${type} entry '${name}' is not ${type === 'ipRanges' ? 'a network in CIDR notation' : 'ASCII'}`),
      ];
    },
    fix: 'give networks as address/bits, and names in ASCII (punycode)',
  },
] satisfies Rule<CertificateNode>[]);

/** cert-manager takes the one for the other. Source: cert-manager pkg/apis/certmanager/v1/types.go. */
const SIGNING = ['digital signature', 'signing'];

/** What a TLS peer asks of a chain for. */
const PURPOSES = ['server auth', 'client auth'];

/** Kinds of objects that make a Secret of their own name. */
const SECRET_MAKERS = [['', 'Secret'], ['external-secrets.io', 'ExternalSecret'], ['bitnami.com', 'SealedSecret']] as const;

/** Annotations by which tools copy a Secret into other namespaces. */
const COPIERS = ['reflector.v1.k8s.emberstack.com/', 'replicator.v1.mittwald.de/', 'kubed.appscode.com/'];

function isCopied(annotations: unknown): boolean {
  return Object.keys(mapping(annotations)).some((name) => COPIERS.some((prefix) => name.startsWith(prefix)));
}

/** Every purpose that something below an authority needs and the authority excludes, with one that needs it. */
function uncoveredPurposes(authority: CertificateNode): string[] {
  const limits = authority.isCa ? authority.extendedKeyUsages : [];
  if (limits.length === 0) { return []; }
  const leaves = authority.descendants.filter(({ isCa }) => !isCa);
  return PURPOSES.filter((purpose) => !limits.includes(purpose)).flatMap((purpose) => {
    const leaf = leaves.find(({ extendedKeyUsages }) => extendedKeyUsages.includes(purpose));
    return leaf === undefined ? [] : [`an authority with the extended key usages ${limits.join(', ')} signs ${displayName(leaf.at)} for ${purpose}`];
  });
}

/** Every name of a certificate that an authority above it may not sign for. */
function outsideOf(authority: CertificateNode, { alternativeNames, commonName, isCa }: CertificateNode): string[] {
  if (authority.spec['nameConstraints'] === undefined) { return []; }
  const { nameConstraints } = authority;
  const asHost = !isCa && alternativeNames.dnsDomains.length === 0 && isHostLike(commonName) ? [['commonName', 'dnsDomains', commonName] as const] : [];
  const names = CONSTRAINED_TYPES.flatMap((type) => alternativeNames[type].map((name) => [`${FIELDS[type]} entry`, type, name] as const));
  return [...names, ...asHost].flatMap(([field, type, name]) => {
    const fault = outsideConstraints(type, name, nameConstraints);
    return fault === undefined ? [] : [`${field} '${name}' ${fault} by ${displayName(authority.at)}`];
  });
}

const FIELDS = { dnsDomains: 'dnsNames', ipRanges: 'ipAddresses', emailAddresses: 'emailAddresses', uriDomains: 'uris' } as const;

function constraintsOf(constraints: NameConstraints) {
  return (['permitted', 'excluded'] as const).flatMap((side) =>
    CONSTRAINED_TYPES.flatMap((type) => constraints[side][type].map((name) => ({ side, type, name }))));
}
