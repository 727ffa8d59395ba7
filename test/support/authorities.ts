/** Manifests of authorities and of what they sign, for cases of rules; an undefined field is left out. */
export interface CertificateCase {
  readonly name?: string;
  readonly namespace?: string;
  readonly spec?: object;
}

/** A sound leaf of the Issuer `ca`. */
export function leaf({ name = 'db', namespace = 'demo', spec = {} }: CertificateCase = {}) {
  return certificate(name, namespace, {
    secretName: `${name}-cert`, issuerRef: reference('ca'), commonName: name, dnsNames: [`${name}.demo.svc`], duration: '2160h0m0s', renewBefore: '720h0m0s',
    usages: ['digital signature', 'key encipherment', 'server auth'], privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' }, ...spec,
  });
}

/** A sound root that signs itself. */
export function root({ name = 'root', namespace = 'demo', spec = {} }: CertificateCase = {}) {
  return certificate(name, namespace, {
    secretName: name, issuerRef: reference('self'), isCA: true, commonName: `${name} CA`, duration: '87600h0m0s', renewBefore: '8760h0m0s',
    usages: ['cert sign', 'crl sign', 'digital signature'], privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' }, ...spec,
  });
}

/** A sound intermediate of the Issuer `root`. */
export function intermediate({ name = 'intermediate', namespace = 'demo', spec = {} }: CertificateCase = {}) {
  return root({ name, namespace, spec: { issuerRef: reference('root'), duration: '8760h0m0s', renewBefore: '4320h0m0s', ...spec } });
}

/** An Issuer that signs with the key pair in a Secret. */
export function caIssuer(secretName = 'root', name = 'ca', namespace = 'demo') {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name, namespace }, spec: { ca: { secretName } } };
}

/** A ClusterIssuer that signs with the key pair in a Secret. */
export function clusterCaIssuer(secretName = 'root', name = 'ca') {
  return { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name }, spec: { ca: { secretName } } };
}

export function selfSignedIssuer(name = 'self', namespace = 'demo') {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name, namespace }, spec: { selfSigned: {} } };
}

/** A trust-manager Bundle. */
export function bundle(...sources: object[]) {
  return { apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name: 'roots' }, spec: { sources, target: { configMap: { key: 'ca.crt' } } } };
}

export function reference(name: string, kind = 'Issuer') {
  return { name, kind, group: 'cert-manager.io' };
}

function certificate(name: string, namespace: string | undefined, spec: object) {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name, namespace }, spec };
}
