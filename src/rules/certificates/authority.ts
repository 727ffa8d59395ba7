import { isGiven, mapping, mappings, text, valueAt } from '../../data';
import { displayName, inNamespace } from '../../kubernetes';
import {
  CertificateNode, CONSTRAINED_TYPES, hasTrustOverlap, isHostLike, IssuerNode, isWritable, NameConstraints, outsideConstraints,
} from '../../pki';
import { isMisusedAsCa } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** Rules about issuers that sign with the key pair of a Certificate. */
export const AUTHORITY_ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  {
    code: 'PGTLS-E01',
    title: 'CA issuer whose Secret holds a non-CA certificate',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/issuer/ca/setup.go: the issuer never becomes Ready',
    check: (issuer) => {
      const { caCertificate: ca, caSecretName } = issuer;
      // A certificate that this same issuer signs is covered by PGTLS-A03.
      return when(ca !== undefined && !ca.isCa && ca.issuer !== issuer,
        () => `${displayName(issuer.at)} signs with Secret '${caSecretName}', but ${displayName(ca!.at)}, which writes it, has no isCA`);
    },
    fix: 'set isCA on that Certificate, or set ca.secretName to the Secret of a CA Certificate',
  },
  {
    code: 'PGTLS-E02',
    title: 'CA issuer whose Secret is in another namespace',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/helper.go, ResourceNamespace; cert-manager issue 7120',
    check: ({ at: issuer, caCertificate: ca, caCertificatesElsewhere, caSecretName, secretNamespace }) => {
      const [elsewhere] = caCertificatesElsewhere.filter(({ spec }) => !isCopied(valueAt(spec, 'secretTemplate.annotations')));
      const isDecidable = ca === undefined && elsewhere?.at.namespace !== undefined && secretNamespace !== undefined;
      return when(isDecidable && SECRET_MAKERS.every(([group, kind]) => !elsewhere.manifests.find(group, kind, secretNamespace, caSecretName ?? '')),
        () => `${displayName(issuer)} reads Secret '${caSecretName}'${inNamespace(secretNamespace)}, `
          + `but ${displayName(elsewhere!.at)} writes it${inNamespace(elsewhere!.at.namespace)}`);
    },
    fix: 'create the Certificate in that namespace, or configure the cluster resource namespace that cert-manager uses: Validation.of(app).configure({ clusterResourceNamespace })',
  },
] satisfies Rule<IssuerNode>[]);

/** Rules about CA certificates and the certificates below them. */
export const AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-E03',
    title: 'issuer cycle: CAs that sign each other',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/controller/certificaterequests/sync.go: the issuer becomes Ready once the certificate is, and vice versa',
    check: (certificate) => {
      const { issuerCycle: cycle } = certificate;
      // Reported once, at the first of them, and only if none of them has a simpler fault.
      const [first] = cycle.map(({ at: { path } }) => path).sort();
      return when(cycle.length > 0 && cycle.every(({ isCa }) => isCa) && first === certificate.at.path,
        () => `${displayName(certificate.at)} is signed by ${cycle.map((signer) => displayName(signer.at)).join(', which is signed by ')}: no certificate of this cycle can be issued`);
    },
    fix: 'let a selfSigned issuer sign the root CA',
  },
  {
    code: 'PGTLS-E04',
    title: 'CA certificate with an empty subject',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.1.2.4; openssl verify -x509_strict',
    check: ({ isCa, spec, subject, alternativeNames }) => {
      // The webhook rejects a certificate without any name, and an invalid literalSubject (PGTLS-B01, PGTLS-B03).
      const isNamed = Object.values(alternativeNames).some((names) => names.length > 0) || mappings(spec['otherNames']).length > 0;
      return when(isCa && subject === '' && isNamed && text(spec['literalSubject']) === '', () => 'the subject of the CA certificate is empty, which RFC 5280 forbids');
    },
    fix: 'set a unique commonName',
  },
  {
    code: 'PGTLS-E05',
    title: 'root CA whose private key changes on renewal',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager 1.18: the default rotationPolicy is Always; leaves are not reissued when their CA changes',
    check: (certificate) => {
      const { isCa, isRenewed, rotatesKey, signsItself, signsFor, spec } = certificate;
      const [issuer] = signsFor;
      // The key of an intermediate CA may change: servers send the intermediate certificate with their own.
      return when(isCa && isRenewed && rotatesKey && signsItself && issuer !== undefined && !hasTrustOverlap(certificate), () => {
        const policy = text(valueAt(spec, 'privateKey.rotationPolicy'));
        return `privateKey.rotationPolicy is ${policy === '' ? 'Always (the default)' : policy} and ${displayName(issuer!.at)} signs with this key: `
          + 'after a renewal, peers that trust the new CA certificate reject certificates that the old key signed';
      });
    },
    fix: 'set privateKey.rotationPolicy to Never, or let peers trust the old and the new CA certificate with a Bundle of both',
  },
  {
    code: 'PGTLS-E06',
    title: 'extended key usages of a CA do not cover the certificates that it signs',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL error 26: extended key usages of a CA limit all certificates below it',
    check: (certificate) => uncoveredPurposes(certificate),
    fix: 'remove the extended key usages of the CA; it only needs cert sign, crl sign and digital signature',
  },
  {
    code: 'PGTLS-E07',
    title: 'nameConstraints on a non-CA certificate, or without permitted or excluded names',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec, isCa }) => {
      if (!isGiven(spec['nameConstraints'])) { return []; }
      const { permitted, excluded } = mapping(spec['nameConstraints']);
      return [
        ...when(!isCa, () => 'nameConstraints is set, but isCA is not'),
        ...when(!isGiven(permitted) && !isGiven(excluded), () => 'nameConstraints has neither permitted nor excluded names'),
      ];
    },
    fix: 'set them on a CA certificate, with at least one permitted or excluded name',
  },
  {
    code: 'PGTLS-E08',
    title: 'name outside the name constraints of the CA',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.10; OpenSSL error 47',
    check: (certificate) => certificate.issuingCas.flatMap((ca) => outsideOf(ca, certificate)),
    fix: 'remove the name, or permit it in the CA certificate (a permitted domain covers itself and all domains below it)',
  },
  {
    code: 'PGTLS-E09',
    title: 'key usages that TLS peers reject',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL, X509_check_purpose: any is not a purpose; a client signs, a server signs or decrypts keys',
    check: ({ isCa, keyUsages, extendedKeyUsages }) => {
      const can = (...usages: string[]) => keyUsages.length === 0 || usages.some((usage) => keyUsages.includes(usage));
      const listed = keyUsages.join(', ');
      return isCa ? [] : [
        ...when(extendedKeyUsages.length > 0 && extendedKeyUsages.every((usage) => usage === 'any'),
          () => "usages has 'any' as the only extended key usage"),
        ...when(extendedKeyUsages.includes('client auth') && !can(...SIGNING), () => `usages of a client certificate are ${listed}, without digital signature`),
        ...when(extendedKeyUsages.includes('server auth') && !can(...SIGNING, 'key encipherment', 'key agreement'),
          () => `usages of a server certificate are ${listed}, without digital signature`),
      ];
    },
    fix: 'use digital signature and key encipherment, with server auth, client auth or both',
  },
  {
    code: 'PGTLS-E10',
    severity: Severity.WARNING,
    title: 'self-signed certificate that is not a CA certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificaterequests/selfsigned: ca.crt is the certificate itself',
    // Where pods use it as a CA certificate, that is an error (PGTLS-E15).
    check: (certificate) => when(!certificate.isCa && certificate.signsItself && !isMisusedAsCa(certificate),
      () => `${displayName(certificate.issuer!.at)} is selfSigned: peers must trust exactly this certificate, and the next one after each renewal`),
    fix: 'use a certificate signed by a CA, for example a CertificateAuthority',
  },
  {
    code: 'PGTLS-E18',
    severity: Severity.WARNING,
    title: 'CA certificate with extended key usages',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'OpenSSL error 26: extended key usages of a CA limit all certificates below it',
    check: (certificate) => {
      const { isCa, extendedKeyUsages } = certificate;
      return when(isCa && extendedKeyUsages.length > 0 && uncoveredPurposes(certificate).length === 0,
        () => `usages limit the CA to ${extendedKeyUsages.join(', ')}`);
    },
    fix: 'remove them, unless the CA must not sign for any other purpose',
  },
  {
    code: 'PGTLS-E19',
    title: 'nameConstraints empty, or with an invalid network or a non-ASCII name',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/nameconstraints.go: no CertificateRequest is created and no event is written (issue 9139); empty lists are omitted',
    check: (certificate) => {
      const { permitted, excluded } = mapping(certificate.spec['nameConstraints']);
      if (!isGiven(permitted) && !isGiven(excluded)) { return []; }
      const all = constraintsOf(certificate.nameConstraints);
      return [
        ...when(all.length === 0, () => 'nameConstraints has only empty lists'),
        ...all.filter(({ type, name }) => !isWritable(type, name)).map(({ side, type, name }) =>
          `nameConstraints.${side}.${type} entry '${name}' is not ${type === 'ipRanges' ? 'a network in CIDR notation' : 'ASCII'}`),
      ];
    },
    fix: 'use CIDR notation for networks (address/bits), and ASCII for names (punycode)',
  },
] satisfies Rule<CertificateNode>[]);

/** Synonyms in cert-manager. Source: cert-manager pkg/apis/certmanager/v1/types.go. */
const SIGNING = ['digital signature', 'signing'];

/** The purposes for which a TLS peer verifies a chain. */
const PURPOSES = ['server auth', 'client auth'];

/** Kinds of objects that create a Secret with their own name. */
const SECRET_MAKERS = [['', 'Secret'], ['external-secrets.io', 'ExternalSecret'], ['bitnami.com', 'SealedSecret']] as const;

/** Annotations by which tools copy a Secret into other namespaces. */
const COPIERS = ['reflector.v1.k8s.emberstack.com/', 'replicator.v1.mittwald.de/', 'kubed.appscode.com/'];

function isCopied(annotations: unknown): boolean {
  return Object.keys(mapping(annotations)).some((name) => COPIERS.some((prefix) => name.startsWith(prefix)));
}

/** Every purpose that a certificate below a CA needs and the CA excludes, with one such certificate. */
function uncoveredPurposes(ca: CertificateNode): string[] {
  const limits = ca.isCa ? ca.extendedKeyUsages : [];
  if (limits.length === 0) { return []; }
  const leaves = ca.descendants.filter(({ isCa }) => !isCa);
  return PURPOSES.filter((purpose) => !limits.includes(purpose)).flatMap((purpose) => {
    const leaf = leaves.find(({ extendedKeyUsages }) => extendedKeyUsages.includes(purpose));
    return leaf === undefined ? [] : [`usages limit the CA to ${limits.join(', ')}, but it signs ${displayName(leaf.at)} for ${purpose}`];
  });
}

/** Every name of a certificate that the name constraints of a CA above it do not permit. */
function outsideOf(ca: CertificateNode, { alternativeNames, commonName, isCa }: CertificateNode): string[] {
  if (ca.spec['nameConstraints'] === undefined) { return []; }
  const { nameConstraints } = ca;
  const asHost = !isCa && alternativeNames.dnsDomains.length === 0 && isHostLike(commonName) ? [['commonName', 'dnsDomains', commonName] as const] : [];
  const names = CONSTRAINED_TYPES.flatMap((type) => alternativeNames[type].map((name) => [`${FIELDS[type]} entry`, type, name] as const));
  return [...names, ...asHost].flatMap(([field, type, name]) => {
    const fault = outsideConstraints(type, name, nameConstraints);
    return fault === undefined ? [] : [`${field} '${name}' ${fault} by ${displayName(ca.at)}`];
  });
}

const FIELDS = { dnsDomains: 'dnsNames', ipRanges: 'ipAddresses', emailAddresses: 'emailAddresses', uriDomains: 'uris' } as const;

function constraintsOf(constraints: NameConstraints) {
  return (['permitted', 'excluded'] as const).flatMap((side) =>
    CONSTRAINED_TYPES.flatMap((type) => constraints[side][type].map((name) => ({ side, type, name }))));
}
