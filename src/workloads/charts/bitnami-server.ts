import type { ChartObject, ChartRelease } from './chart-object';
import type { ChartValues } from './chart-values';
import type { Mapping } from '../../data';

/** A StatefulSet of one of Bitnami's charts, with its Services and ConfigMaps. */
export interface BitnamiServer {
  /** Name of the StatefulSet. */
  readonly name: string;
  readonly image: string;
  readonly labels: Mapping;
  /** The values of the server: `primary`, `postgresql`. */
  readonly at: string;
  /** The values of TLS: `tls`, `postgresql.tls`. */
  readonly tls: string;
  readonly portValue: string;
  /** Names of its Services, with the value that has their port. */
  readonly services: ReadonlyArray<{ readonly name: string; readonly isHeadless: boolean; readonly at: string }>;
  readonly configuration: string;
  readonly hba: string;
  readonly extended: string;
}

const CERTIFICATES = '/opt/bitnami/postgresql/certs';
const POD = 'spec.template.spec';

/** Source: bitnami/charts, postgresql 17.1.0 and postgresql-ha 16.3.4, templates of the StatefulSet: certificates are copied at the start of the pod. */
export function bitnamiServer(values: ChartValues, { namespace }: ChartRelease, server: BitnamiServer): ChartObject[] {
  const { at, tls, name, labels } = server;
  const isTls = values.isOn(`${tls}.enabled`);
  const file = (path: string) => `${CERTIFICATES}/${values.text(path)}`;
  const isCopied = isTls && values.text(`${tls}.certificatesSecret`) !== '';
  const fields: Record<string, string> = { 'metadata.annotations': `${at}.annotations.*`, [`${POD}.containers[0].args`]: `${at}.args.*`, [`${POD}.containers[0].command`]: `${at}.command.*` };
  const env: Mapping[] = [];
  const variable = (variableName: string, value: string, field: string) => {
    fields[`${POD}.containers[0].env[${env.length}]`] = field;
    env.push({ name: variableName, value });
  };
  variable('POSTGRESQL_PORT_NUMBER', values.text(server.portValue, '5432'), server.portValue);
  variable('POSTGRESQL_ENABLE_TLS', isTls ? 'yes' : 'no', `${tls}.enabled`);
  if (isCopied) {
    variable('POSTGRESQL_TLS_CERT_FILE', file(`${tls}.certFilename`), `${tls}.certFilename`);
    variable('POSTGRESQL_TLS_KEY_FILE', file(`${tls}.certKeyFilename`), `${tls}.certKeyFilename`);
    if (values.text(`${tls}.certCAFilename`) !== '') { variable('POSTGRESQL_TLS_CA_FILE', file(`${tls}.certCAFilename`), `${tls}.certCAFilename`); }
  }
  const volumes: Mapping[] = [];
  const mounts: Mapping[] = [{ name: 'data', mountPath: '/bitnami/postgresql' }];
  const configMaps: ChartObject[] = [];
  const volume = (source: Mapping, field: string) => {
    fields[`${POD}.volumes[${volumes.length}]`] = field;
    volumes.push(source);
  };
  if (isCopied) {
    volume({ name: 'raw-certificates', secret: { secretName: values.text(`${tls}.certificatesSecret`) } }, `${tls}.certificatesSecret`);
    volume({ name: 'postgresql-certificates', emptyDir: {} }, `${tls}.enabled`);
    mounts.push({ name: 'postgresql-certificates', mountPath: CERTIFICATES, readOnly: true });
  }
  const content = (key: string, path: string) => (values.text(path) === '' ? {} : { [key]: values.text(path) });
  const configure = (suffix: string, data: Record<string, string>, existing: string, mountPath: string, field: string) => {
    const given = values.text(existing);
    if (given === '' && Object.keys(data).length === 0) { return; }
    volume({ name: `postgresql-${suffix}`, configMap: { name: given || `${name}-${suffix}` } }, given === '' ? field : existing);
    mounts.push({ name: `postgresql-${suffix}`, mountPath });
    if (given === '') { configMaps.push({ manifest: object('v1', 'ConfigMap', `${name}-${suffix}`, namespace, { data }), fields: {} }); }
  };
  configure('configuration', { ...content('postgresql.conf', server.configuration), ...content('pg_hba.conf', server.hba) }, `${at}.existingConfigmap`, '/bitnami/postgresql/conf', values.text(server.hba) === '' ? server.configuration : server.hba);
  configure('extended-configuration', content('override.conf', server.extended), `${at}.existingExtendedConfigmap`, '/bitnami/postgresql/conf/conf.d/', server.extended);
  const pod = {
    securityContext: { fsGroup: 1001, fsGroupChangePolicy: 'Always' },
    ...(isCopied ? { initContainers: [{
      name: 'copy-certs', image: 'bitnami/os-shell', command: ['/bin/sh', '-ec', `cp /tmp/certs/* ${CERTIFICATES}/\nchmod 600 ${file(`${tls}.certKeyFilename`)}\n`],
      volumeMounts: [{ name: 'raw-certificates', mountPath: '/tmp/certs' }, { name: 'postgresql-certificates', mountPath: CERTIFICATES }],
    }] } : {}),
    containers: [{
      name: 'postgresql', image: server.image, command: values.words(`${at}.command`), args: values.words(`${at}.args`), env: [...env, ...values.list(`${at}.extraEnvVars`)],
      securityContext: { runAsUser: 1001, runAsNonRoot: true }, ports: [{ name: 'tcp-postgresql', containerPort: Number(values.text(server.portValue, '5432')) }],
      volumeMounts: [...mounts, ...values.list(`${at}.extraVolumeMounts`)],
    }],
    volumes: [...volumes, ...values.list(`${at}.extraVolumes`)],
  };
  return [
    {
      manifest: object('apps/v1', 'StatefulSet', name, namespace, {
        spec: {
          replicas: 1, serviceName: server.services.find(({ isHeadless }) => isHeadless)?.name, selector: { matchLabels: labels },
          template: { metadata: { labels: { ...values.mapping(`${at}.podLabels`), ...labels }, annotations: values.mapping(`${at}.podAnnotations`) }, spec: pod },
          volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }],
        },
      }, { ...values.mapping('commonAnnotations'), ...values.mapping(`${at}.annotations`) }),
      fields,
    },
    ...server.services.map((service) => ({
      manifest: object('v1', 'Service', service.name, namespace, {
        spec: {
          ...(service.isHeadless ? { clusterIP: 'None' } : {}), selector: labels,
          ports: [{ name: 'tcp-postgresql', port: Number(values.text(`${service.at}.ports.postgresql`, '5432')), targetPort: 'tcp-postgresql' }],
        },
      }, service.isHeadless ? {} : values.mapping(`${service.at}.annotations`)),
      fields: { 'metadata.annotations': `${service.at}.annotations.*` },
    })),
    ...configMaps,
  ];
}

function object(apiVersion: string, kind: string, name: string, namespace: string, rest: Mapping, annotations: Mapping = {}): Mapping {
  return { apiVersion, kind, metadata: { name, namespace, annotations }, ...rest };
}
