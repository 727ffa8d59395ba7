import type { TrustTarget } from './trust-target';
import { memoizeByObject } from '../../data';
import { inNamespace } from '../../kubernetes';
import { type BundleReference, type IssuanceGraph, trustsOf } from '../../pki';
import { Consequence } from '../engine/consequence';
import { knownSetting, mayBe } from '../engine/known-setting';
import type { Rule } from '../engine/rule';
import { trustManagerFile } from '../engine/sources';

export const bundleSourceNamespace: Rule<TrustTarget> = {
  id: 'bundle-source-namespace',
  code: 'PGTLS-E30',
  title: 'Bundle source outside the trust namespace',
  consequence: Consequence.NEVER_READY,
  sources: [trustManagerFile('pkg/bundle/internal/source/source.go', 'sources are read from --trust-namespace')],
  check: ({ trust, manifests }, report) => {
    const { trustNamespace } = manifests.assumptions;
    const { severity, origin } = knownSetting('trustNamespace', manifests.assumptions);
    for (const reference of trust.references) {
      const { field, kind, name } = reference;
      const namespaces = namespacesOf(manifests, reference);
      if (namespaces.length > 0 && !namespaces.some((namespace) => namespace === trustNamespace || namespace === undefined || mayBe('trustNamespace', namespace, manifests.assumptions))) {
        report(`spec.${field}.name`, `${field} is ${kind} '${name}'${inNamespace(namespaces[0])}, but trust-manager reads sources in namespace '${trustNamespace}' only${origin}`,
          undefined, severity);
      }
    }
  },
  fix: 'create the CA in the trust namespace, copy its certificate there or into the bundle, or set the trust namespace with Validation.of(app).configure({ trustNamespace })',
  fixInYaml: 'create the CA in the trust namespace, copy its certificate there or into the bundle, or set the trust namespace with '
    + 'the option trustNamespace of cdk8s-postgres-tls.yaml',
  dependsOn: 'trustNamespace',
};

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
