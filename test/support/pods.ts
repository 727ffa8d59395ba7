/** Manifests for tests about pods, in namespace demo. */

export type Fields = Record<string, unknown>;

export function object(apiVersion: string, kind: string, name: string, rest: Fields = {}): Fields {
  const { metadata, ...fields } = rest;
  return { apiVersion, kind, metadata: { name, namespace: 'demo', ...(metadata as object | undefined) }, ...fields };
}

export function certificate(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return object('cert-manager.io/v1', 'Certificate', name, {
    metadata,
    spec: {
      secretName: name, issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' }, commonName: name, dnsNames: ['db.demo.svc'], duration: '2160h0m0s',
      renewBefore: '720h0m0s', usages: ['digital signature', 'key encipherment', 'server auth'], privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
      ...spec,
    },
  });
}

export function issuer(spec: Fields, name = 'ca'): Fields {
  return object('cert-manager.io/v1', 'Issuer', name, { spec });
}

export function configMap(data: Record<string, string>, name = 'config'): Fields {
  return object('v1', 'ConfigMap', name, { data });
}

export function service(name: string, spec: Fields = {}): Fields {
  return object('v1', 'Service', name, { spec: { selector: { app: 'db' }, ports: [{ port: 5432 }], ...spec } });
}

/** A volume with a Secret, readable as PostgreSQL wants it. */
export function secret(name: string, secretName: string, rest: Fields = {}): Fields {
  return { name, secret: { secretName, defaultMode: 0o440, ...rest } };
}

export function mount(name: string, mountPath: string, rest: Fields = {}): Fields {
  return { name, mountPath, ...rest };
}

/** A workload with one container unless `pod` says otherwise. */
export function workload(kind: string, name: string, container: Fields, pod: Fields = {}, metadata: Fields = {}): Fields {
  return object('apps/v1', kind, name, {
    metadata,
    spec: {
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { securityContext: { fsGroup: 999 }, containers: [{ name, image: 'example.com/app:1', ...container }], ...pod } },
    },
  });
}

/** A StatefulSet `db` with a server of the official image that is restarted at renewals. */
export function database(container: Fields = {}, pod: Fields = {}, metadata: Fields = { annotations: { 'reloader.stakater.com/auto': 'true' } }): Fields {
  return workload('StatefulSet', 'db', { image: 'postgres:18.4', ...container }, pod, metadata);
}

/** A server that shows a Certificate's Secret, with more settings. */
export function tlsDatabase(secretName: string, settings: string[] = [], { mounts = [], volumes = [], ...pod }: { mounts?: Fields[]; volumes?: Fields[] } & Fields = {}): Fields {
  const args = ['ssl=on', 'ssl_cert_file=/tls/tls.crt', 'ssl_key_file=/tls/tls.key', ...settings].flatMap((setting) => ['-c', setting]);
  return database({ args, volumeMounts: [mount('tls', '/tls'), ...mounts] }, { volumes: [secret('tls', secretName), ...volumes], ...pod });
}

/** Environment variables. */
export function env(values: Record<string, string>): Fields[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
