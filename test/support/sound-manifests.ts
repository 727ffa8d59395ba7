import { CertManagerVersion, ManifestValidationOptions } from '../../src';
import { findingsIn } from './proofs';

/** A leaf certificate that breaks no rule, with changes; `undefined` leaves a field out. */
export function certificate(change: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'db', namespace: 'demo', ...metadata },
    spec: {
      secretName: 'db-cert',
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      commonName: 'db',
      dnsNames: ['db'],
      duration: '2160h0m0s',
      renewBefore: '720h0m0s',
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8' },
      ...change,
    },
  };
}

/** An authority that breaks no rule, with changes. */
export function authority(change: object = {}, metadata: object = {}): object {
  return certificate({
    secretName: 'ca-pair',
    issuerRef: { name: 'self', kind: 'Issuer', group: 'cert-manager.io' },
    commonName: 'Orders CA',
    dnsNames: undefined,
    isCA: true,
    duration: '87600h0m0s',
    renewBefore: '8760h0m0s',
    usages: ['cert sign', 'crl sign', 'digital signature'],
    privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Never' },
    ...change,
  }, { name: 'ca', ...metadata });
}

export function issuer(spec: object = { ca: { secretName: 'ca-pair' } }, metadata: object = {}): object {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'demo', ...metadata }, spec };
}

export function clusterIssuer(spec: object = { ca: { secretName: 'ca-pair' } }, metadata: object = {}): object {
  return { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca', ...metadata }, spec };
}

export function secret(content: object = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-cert', namespace: 'demo', ...metadata }, ...content };
}

/** The codes of what is found, one a finding; for a cert-manager that knows every field unless said otherwise. */
export function codesOf(manifests: readonly object[], options: ManifestValidationOptions = {}): string[] {
  return findingsIn(manifests, { certManagerVersion: CertManagerVersion.V1_21, ...options }).map(({ code }) => code);
}

/** The messages of what is found. */
export function messagesOf(manifests: readonly object[], options: ManifestValidationOptions = {}): string[] {
  return findingsIn(manifests, { certManagerVersion: CertManagerVersion.V1_21, ...options }).map(({ message }) => message);
}
