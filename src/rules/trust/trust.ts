import { X509Certificate } from 'node:crypto';
import { duplicates, mapping, Mapping, mappings, memoizeByObject, text, valueAt } from '../../data';
import { inNamespace, labelKeyFaults, labelSelectorFaults } from '../../kubernetes';
import { BundleReference, IssuanceGraph, TrustNode, trustsOf } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'trust-manager webhook (pkg/webhook/validation.go) and CRD';
const SOURCE_KINDS = ['configMap', 'secret', 'inLine', 'useDefaultCAs'];
const RESERVED = ['trust.cert-manager.io/', 'trust-manager.io/'];

/** A bundle and everything beside it. */
interface TrustTarget {
  readonly at: TrustNode['at'];
  readonly trust: TrustNode;
  readonly manifests: IssuanceGraph;
}

/** What is proven about how trust in authorities is spread. */
export const TRUST_RULES = ruleTable((manifests) => trustsOf(manifests).map((trust): TrustTarget => ({ at: trust.at, trust, manifests })), [
  {
    code: 'PGTLS-E20',
    title: 'a source of a bundle that is not exactly one',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec } }) => (kind === 'Bundle' ? mappings(spec['sources']) : []).flatMap((source, index) => {
      const kinds = SOURCE_KINDS.filter((name) => source[name] !== undefined);
      return when(kinds.length !== 1, () => `sources[${index}] is ${kinds.length === 0 ? 'nothing' : kinds.join(' and ')}`);
    }),
    fix: `give each of ${SOURCE_KINDS.join(', ')} an entry of its own`,
  },
  {
    code: 'PGTLS-E21',
    title: 'a bundle of no source, or of more than a hundred',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec }, trust }) => {
      if (kind === 'ConfigMap') { return []; }
      const all = mappings(spec[kind === 'Bundle' ? 'sources' : 'sourceRefs']);
      const used = kind === 'Bundle'
        ? all.filter((source) => source['useDefaultCAs'] !== false)
        : [...all, ...trust.inline, ...(valueAt(spec, 'defaultCAs.provider') === 'System' ? [''] : [])];
      return [
        ...when(used.length === 0, () => 'the bundle has no source'),
        ...when(all.length > 100, () => `the bundle has ${all.length} sources`),
      ];
    },
    fix: 'give one to a hundred; certificates in PEM can stand together in one source',
  },
  {
    code: 'PGTLS-E22',
    title: 'a source of a bundle that is found by name and by selector, or by neither',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ trust }) => trust.references.flatMap(({ field, name, selector }) => [
      ...when(name === '' && selector === undefined, () => `${field} has neither name nor selector`),
      ...when(name !== '' && selector !== undefined, () => `${field} has the name '${name}' and a selector`),
    ]),
    fix: 'name one object, or select some by their labels',
  },
  {
    code: 'PGTLS-E23',
    title: 'a source of a bundle with no key, or with a key and all keys',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ trust }) => trust.references.flatMap(({ field, key, includeAllKeys }) => [
      ...when(key === '' && !includeAllKeys, () => `${field} names no key`),
      ...when(key !== '' && includeAllKeys, () => `${field} names the key '${key}' and includes all keys`),
    ]),
    fix: 'name the one key that holds certificates, or includeAllKeys where all do',
  },
  {
    code: 'PGTLS-E24',
    title: 'a bundle that asks for the public authorities twice',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec } }) => {
      const asked = kind === 'Bundle' ? mappings(spec['sources']).filter((source) => source['useDefaultCAs'] !== undefined).length : 0;
      return when(asked > 1, () => `useDefaultCAs is given ${asked} times`);
    },
    fix: 'give it once, or not at all',
  },
  {
    code: 'PGTLS-E25',
    title: 'a bundle that is written nowhere',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : [
      ...when(targetKinds.length === 0, () => 'the bundle has no target'),
      ...targetKinds.map(fieldOf).filter((field) => targetKeys(kind, mapping(target[field])).some((key) => key === ''))
        .map((field) => `target.${field} names no key`),
      ...when(kind === 'ClusterBundle' && targetKinds.length > 0 && target['namespaceSelector'] === undefined, () => 'target.namespaceSelector is missing'),
    ]),
    fix: 'give target.configMap or target.secret with a key; a ClusterBundle also says in which namespaces, {} being every one',
  },
  {
    code: 'PGTLS-E26',
    title: 'two formats of a bundle under one key',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => {
      const formats = Object.values(mapping(target['additionalFormats'])).map((format) => text(mapping(format)['key']));
      const pem = new Set(targetKinds.flatMap((name) => targetKeys(kind, mapping(target[fieldOf(name)]))));
      // A key that two targets share is fine, they are two objects.
      const twice = kind === 'Bundle'
        ? duplicates([...pem, ...formats])
        : targetKinds.flatMap((name) => duplicates(targetKeys(kind, mapping(target[fieldOf(name)]))));
      return twice.filter((key) => key !== '').map((key) => `two formats are written to the key '${key}'`);
    },
    fix: 'give each format a key of its own',
  },
  {
    code: 'PGTLS-E27',
    title: 'labels or annotations of a bundle\'s target that belong to trust-manager',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : targetKinds.map(fieldOf)).flatMap((field) =>
      ['labels', 'annotations'].flatMap((what) => Object.keys(mapping(valueAt(target, `${field}.metadata.${what}`))).flatMap((key) => {
        if (reserved(kind).some((prefix) => key.startsWith(prefix))) { return [`target.${field}.metadata.${what} sets '${key}', which is trust-manager's own`]; }
        return labelKeyFaults(key).map((fault) => `target.${field}.metadata.${what} ${fault}`);
      }))),
    fix: 'choose a key with a domain of your own in front',
  },
  {
    code: 'PGTLS-E28',
    title: 'a bundle that reads what it writes',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, name }, trust: { references, target, targetKinds } }) => references
      .filter((reference) => kind === 'Bundle' && reference.name === name && targetKinds.includes(reference.kind)
        && reference.key === text(valueAt(target, `${fieldOf(reference.kind)}.key`)))
      .map((reference) => `${reference.field} is the bundle's own target, ${reference.kind} '${name}'`),
    fix: 'give the bundle another name: it is that of its target in every namespace',
  },
  {
    code: 'PGTLS-E29',
    title: 'a bundle with a selector that the API refuses',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'apimachinery, ValidateLabelSelector',
    check: ({ trust: { references, target } }) => [
      ...references.flatMap(({ field, selector }) => labelSelectorFaults(selector).map((fault) => `${field}.selector ${fault}`)),
      ...labelSelectorFaults(target['namespaceSelector']).map((fault) => `target.namespaceSelector ${fault}`),
    ],
    fix: 'give labels as Kubernetes knows them; In and NotIn take values, Exists and DoesNotExist none',
  },
  {
    code: 'PGTLS-E30',
    title: 'a source of a bundle that is outside the trust namespace',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/bundle/internal/source: sources are read from --trust-namespace',
    check: ({ trust, manifests }) => trust.references.flatMap((reference) => {
      const { trustNamespace } = manifests.assumptions;
      const namespaces = namespacesOf(manifests, reference);
      return when(namespaces.length > 0 && !namespaces.some((namespace) => namespace === trustNamespace || namespace === undefined),
        () => `${reference.field} is ${reference.kind} '${reference.name}'${inNamespace(namespaces[0])}, and trust-manager reads namespace '${trustNamespace}'`);
    }),
    fix: 'keep the authority in the trust namespace, copy its certificate there or into the bundle, or say Findings.configure(app, { trustNamespace })',
  },
  {
    code: 'PGTLS-E31',
    title: 'a bundle of what is no certificate',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/util/cert_pool.go',
    check: ({ trust }) => trust.inline.flatMap(({ field, pem }) => {
      const fault = notCertificates(pem);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'give certificates in PEM and nothing else',
  },
  {
    code: 'PGTLS-E32',
    title: 'a bundle that includes all keys of the Secret of a certificate',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/bundle/internal/source: includeAllKeys is refused for Secrets of type kubernetes.io/tls',
    check: ({ trust, manifests }) => trust.references
      .filter(({ kind, includeAllKeys, name }) => kind === 'Secret' && includeAllKeys && manifests.writersOf(manifests.assumptions.trustNamespace, name).length > 0)
      .map(({ field, name }) => `${field} includes all keys of Secret '${name}', which holds a private key`),
    fix: "name the key 'ca.crt'",
  },
  {
    code: 'PGTLS-E33',
    severity: Severity.WARNING,
    title: 'a bundle that reads the Secret of an authority whose key rotates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager website, trust: a bundle reads copies, for it forgets the old root the moment the Secret changes',
    check: ({ trust, manifests }) => trust.references.filter(({ kind }) => kind === 'Secret').flatMap(({ field, name }) => {
      const [authority] = manifests.writersOf(manifests.assumptions.trustNamespace, name);
      return when(authority?.isCa === true && authority.rotatesKey && authority.isRenewed,
        () => `${field} is the live Secret '${name}' of Certificate '${authority!.at.name}', whose key changes at every renewal`);
    }),
    fix: "set privateKey.rotationPolicy 'Never' on the authority, or bundle a copy of its certificate",
  },
] satisfies Rule<TrustTarget>[]);

function fieldOf(kind: string): string {
  return kind === 'Secret' ? 'secret' : 'configMap';
}

/** A target of v1alpha1 has one key, one of v1alpha2 a list. */
function targetKeys(kind: string, target: Mapping): string[] {
  if (kind === 'Bundle') { return [text(target['key'])]; }
  const keys = mappings(target['data']).map((entry) => text(entry['key']));
  return keys.length > 0 ? keys : [''];
}

/** Of v1alpha2 the older domain is free. */
function reserved(kind: string): string[] {
  return kind === 'Bundle' ? RESERVED : ['trust-manager.io/'];
}

/** The namespaces in which the app has an object of a source's kind and name, or makes one. */
function namespacesOf(manifests: IssuanceGraph, { kind, name }: BundleReference): ReadonlyArray<string | undefined> {
  return name === '' ? [] : declared(manifests).get(`${kind}/${name}`) ?? [];
}

const declared = memoizeByObject((manifests: IssuanceGraph): ReadonlyMap<string, Array<string | undefined>> => {
  const known = new Map<string, Array<string | undefined>>();
  const note = (what: string, namespace: string | undefined) => {
    if (!known.has(what)) { known.set(what, []); }
    known.get(what)!.push(namespace);
  };
  for (const object of ['Secret', 'ConfigMap'].flatMap((type) => manifests.ofKind('', type))) { note(`${object.kind}/${object.name}`, object.namespace); }
  for (const certificate of manifests.certificates) { note(`Secret/${certificate.secretName}`, certificate.at.namespace); }
  // A bundle is written into the trust namespace too, unless its selector leaves it out.
  for (const trust of trustsOf(manifests).filter(({ at }) => at.kind !== 'ConfigMap')) {
    for (const type of trust.targetKinds) { note(`${type}/${trust.at.name}`, undefined); }
  }
  return known;
});

/** Why a text is not one or more certificates in PEM. */
function notCertificates(pem: string): string | undefined {
  const blocks = pem.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
  if (blocks.length === 0) { return 'holds no certificate in PEM'; }
  const other = blocks.map((block) => block.match(/^-----BEGIN ([^-]+)-----/)![1]!).find((type) => type !== 'CERTIFICATE');
  if (other !== undefined) { return `holds a ${other}, which is no certificate`; }
  return blocks.some((block) => !isCertificate(block)) ? 'holds a certificate that cannot be read' : undefined;
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
