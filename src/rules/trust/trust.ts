import { X509Certificate } from 'node:crypto';
import { duplicates, mapping, Mapping, mappings, memoizeByObject, text, valueAt } from '../../data';
import { inNamespace, labelKeyFaults, labelSelectorFaults } from '../../kubernetes';
import { BundleReference, IssuanceGraph, TrustNode, trustsOf } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'trust-manager webhook (pkg/webhook/validation.go) and CRD';
const SOURCE_KINDS = ['configMap', 'secret', 'inLine', 'useDefaultCAs'];
const RESERVED = ['trust.cert-manager.io/', 'trust-manager.io/'];

/** A bundle and the index of all manifests. */
interface TrustTarget {
  readonly at: TrustNode['at'];
  readonly trust: TrustNode;
  readonly manifests: IssuanceGraph;
}

/** Rules for bundles of CA certificates. */
export const TRUST_RULES = ruleTable((manifests) => trustsOf(manifests).map((trust): TrustTarget => ({ at: trust.at, trust, manifests })), [
  {
    code: 'PGTLS-E20',
    title: 'Bundle source without exactly one source type',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec } }) => (kind === 'Bundle' ? mappings(spec['sources']) : []).flatMap((source, index) => {
      const kinds = SOURCE_KINDS.filter((name) => source[name] !== undefined);
      return when(kinds.length !== 1, () => `sources[${index}] has ${kinds.length === 0 ? 'no source type' : `several source types: ${kinds.join(', ')}`}`);
    }),
    fix: `give each entry exactly one of ${SOURCE_KINDS.join(', ')}`,
  },
  {
    code: 'PGTLS-E21',
    title: 'Bundle without sources or with more than 100 sources',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec }, trust }) => {
      if (kind === 'ConfigMap') { return []; }
      const field = kind === 'Bundle' ? 'sources' : 'sourceRefs';
      const all = mappings(spec[field]);
      const used = kind === 'Bundle'
        ? all.filter((source) => source['useDefaultCAs'] !== false)
        : [...all, ...trust.inline, ...(valueAt(spec, 'defaultCAs.provider') === 'System' ? [''] : [])];
      return [
        ...when(used.length === 0, () => `${field}: the bundle has no source`),
        ...when(all.length > 100, () => `${field} has ${all.length} entries, the maximum is 100`),
      ];
    },
    fix: 'give 1 to 100 sources; one source may contain several PEM certificates',
  },
  {
    code: 'PGTLS-E22',
    title: 'Bundle source with both name and selector, or with neither',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ trust }) => trust.references.flatMap(({ field, name, selector }) => [
      ...when(name === '' && selector === undefined, () => `${field} has neither name nor selector`),
      ...when(name !== '' && selector !== undefined, () => `${field} has both name '${name}' and selector`),
    ]),
    fix: 'set name to read one object, or selector to read objects by label',
  },
  {
    code: 'PGTLS-E23',
    title: 'Bundle source with both key and includeAllKeys, or with neither',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ trust }) => trust.references.flatMap(({ field, key, includeAllKeys }) => [
      ...when(key === '' && !includeAllKeys, () => `${field} has no key`),
      ...when(key !== '' && includeAllKeys, () => `${field} has both key '${key}' and includeAllKeys`),
    ]),
    fix: 'set key to the key that contains the certificates, or includeAllKeys if every key contains certificates',
  },
  {
    code: 'PGTLS-E24',
    title: 'useDefaultCAs given more than once in a Bundle',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, spec } }) => {
      const asked = kind === 'Bundle' ? mappings(spec['sources']).filter((source) => source['useDefaultCAs'] !== undefined).length : 0;
      return when(asked > 1, () => `useDefaultCAs is given ${asked} times in sources`);
    },
    fix: 'give useDefaultCAs once, or leave it out',
  },
  {
    code: 'PGTLS-E25',
    title: 'Bundle without target, target key or namespaceSelector',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : [
      ...when(targetKinds.length === 0, () => 'target has neither configMap nor secret'),
      ...targetKinds.map(fieldOf).filter((field) => targetKeys(kind, mapping(target[field])).some((key) => key === ''))
        .map((field) => `target.${field} has no key`),
      ...when(kind === 'ClusterBundle' && targetKinds.length > 0 && target['namespaceSelector'] === undefined, () => 'target.namespaceSelector is missing'),
    ]),
    fix: 'give target.configMap or target.secret with a key; a ClusterBundle also needs target.namespaceSelector ({} selects every namespace)',
  },
  {
    code: 'PGTLS-E26',
    title: 'two formats under the same key of a Bundle target',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => {
      const formats = Object.values(mapping(target['additionalFormats'])).map((format) => text(mapping(format)['key']));
      const pem = new Set(targetKinds.flatMap((name) => targetKeys(kind, mapping(target[fieldOf(name)]))));
      // A key that two targets share is fine, they are two objects.
      const twice = kind === 'Bundle'
        ? duplicates([...pem, ...formats])
        : targetKinds.flatMap((name) => duplicates(targetKeys(kind, mapping(target[fieldOf(name)]))));
      return twice.filter((key) => key !== '').map((key) => `target: two formats are written to the key '${key}'`);
    },
    fix: 'give each format its own key',
  },
  {
    code: 'PGTLS-E27',
    title: 'reserved or invalid label or annotation key on a Bundle target',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind }, trust: { target, targetKinds } }) => (kind === 'ConfigMap' ? [] : targetKinds.map(fieldOf)).flatMap((field) =>
      ['labels', 'annotations'].flatMap((what) => Object.keys(mapping(valueAt(target, `${field}.metadata.${what}`))).flatMap((key) => {
        if (reserved(kind).some((prefix) => key.startsWith(prefix))) { return [`target.${field}.metadata.${what} sets '${key}', which is reserved for trust-manager`]; }
        return labelKeyFaults(key).map((fault) => `target.${field}.metadata.${what} ${fault}`);
      }))),
    fix: 'use a key with your own domain as its prefix',
  },
  {
    code: 'PGTLS-E28',
    title: 'Bundle reads its own target',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ at: { kind, name }, trust: { references, target, targetKinds } }) => references
      .filter((reference) => kind === 'Bundle' && reference.name === name && targetKinds.includes(reference.kind)
        && reference.key === text(valueAt(target, `${fieldOf(reference.kind)}.key`)))
      .map((reference) => `${reference.field} is the target of the bundle itself, ${reference.kind} '${name}'`),
    fix: 'give the bundle another name: its target has the name of the bundle in every namespace',
  },
  {
    code: 'PGTLS-E29',
    title: 'invalid label selector in a Bundle',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'apimachinery, ValidateLabelSelector',
    check: ({ trust: { references, target } }) => [
      ...references.flatMap(({ field, selector }) => labelSelectorFaults(selector).map((fault) => `${field}.selector ${fault}`)),
      ...labelSelectorFaults(target['namespaceSelector']).map((fault) => `target.namespaceSelector ${fault}`),
    ],
    fix: 'use valid label keys and values; In and NotIn need values, Exists and DoesNotExist take none',
  },
  {
    code: 'PGTLS-E30',
    title: 'Bundle source outside the trust namespace',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/bundle/internal/source: sources are read from --trust-namespace',
    check: ({ trust, manifests }) => trust.references.flatMap((reference) => {
      const { trustNamespace } = manifests.assumptions;
      const namespaces = namespacesOf(manifests, reference);
      return when(namespaces.length > 0 && !namespaces.some((namespace) => namespace === trustNamespace || namespace === undefined),
        () => `${reference.field} is ${reference.kind} '${reference.name}'${inNamespace(namespaces[0])}, but trust-manager reads sources in namespace '${trustNamespace}' only`);
    }),
    fix: 'create the CA in the trust namespace, copy its certificate there or into the bundle, or set the trust namespace with Validation.of(app).configure({ trustNamespace })',
  },
  {
    code: 'PGTLS-E31',
    title: 'Bundle source is not a PEM certificate',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/util/cert_pool.go',
    check: ({ trust }) => trust.inline.flatMap(({ field, pem }) => {
      const fault = certificatesError(pem);
      return when(fault !== undefined, () => `${field} ${fault}`);
    }),
    fix: 'give PEM certificates only',
  },
  {
    code: 'PGTLS-E32',
    title: 'includeAllKeys on the Secret of a Certificate in a Bundle',
    consequence: Consequence.NEVER_READY,
    source: 'trust-manager pkg/bundle/internal/source: includeAllKeys is refused for Secrets of type kubernetes.io/tls',
    check: ({ trust, manifests }) => trust.references
      .filter(({ kind, includeAllKeys, name }) => kind === 'Secret' && includeAllKeys && manifests.writersOf(manifests.assumptions.trustNamespace, name).length > 0)
      .map(({ field, name }) => `${field} includes all keys of Secret '${name}', which contains a private key`),
    fix: "set key 'ca.crt' instead of includeAllKeys",
  },
  {
    code: 'PGTLS-E33',
    severity: Severity.WARNING,
    title: 'Bundle reads the Secret of a CA whose key rotates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager website, trust: bundle a copy of the CA certificate; a bundle of the live Secret loses the old root when the Secret changes',
    check: ({ trust, manifests }) => trust.references.filter(({ kind }) => kind === 'Secret').flatMap(({ field, name }) => {
      const [ca] = manifests.writersOf(manifests.assumptions.trustNamespace, name);
      return when(ca?.isCa === true && ca.rotatesKey && ca.isRenewed,
        () => `${field} is the live Secret '${name}' of the CA Certificate '${ca!.at.name}', whose key changes at every renewal`);
    }),
    fix: "set privateKey.rotationPolicy 'Never' on the CA Certificate, or bundle a copy of the CA certificate",
  },
] satisfies Rule<TrustTarget>[]);

function fieldOf(kind: string): string {
  return kind === 'Secret' ? 'secret' : 'configMap';
}

/** A v1alpha1 target has one key, a v1alpha2 target a list of keys. */
function targetKeys(kind: string, target: Mapping): string[] {
  if (kind === 'Bundle') { return [text(target['key'])]; }
  const keys = mappings(target['data']).map((entry) => text(entry['key']));
  return keys.length > 0 ? keys : [''];
}

/** The v1alpha2 webhook reserves the newer domain only. */
function reserved(kind: string): string[] {
  return kind === 'Bundle' ? RESERVED : ['trust-manager.io/'];
}

/** The namespaces in which the app declares, or has a controller write, an object of a source's kind and name. */
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
  // A bundle target is also written into the trust namespace, unless namespaceSelector excludes it.
  for (const trust of trustsOf(manifests).filter(({ at }) => at.kind !== 'ConfigMap')) {
    for (const type of trust.targetKinds) { note(`${type}/${trust.at.name}`, undefined); }
  }
  return known;
});

/** Why a text is not one or more PEM certificates. */
function certificatesError(pem: string): string | undefined {
  const blocks = pem.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
  if (blocks.length === 0) { return 'contains no PEM certificate'; }
  const other = blocks.map((block) => block.match(/^-----BEGIN ([^-]+)-----/)![1]!).find((type) => type !== 'CERTIFICATE');
  if (other !== undefined) { return `contains a ${other} block, but only CERTIFICATE blocks are allowed`; }
  return blocks.some((block) => !isCertificate(block)) ? 'contains a certificate that cannot be parsed' : undefined;
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
