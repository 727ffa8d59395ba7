import type { ChartRenderer } from './chart-object';
import type { Mapping } from '../../data';

const CONTAINER = 'spec.template.spec.containers[0]';

/** The exporter of prometheus-community. Source: prometheus-community/helm-charts, prometheus-postgres-exporter 8.2.0, templates/deployment.yaml and _helpers.tpl. */
export const postgresExporter: ChartRenderer = (values, { name: release, namespace }) => {
  const secret = values.mapping('config.datasourceSecret');
  const host = values.text('config.datasource.host');
  if (secret['name'] === undefined && host === '') { return []; }
  const labels = { app: values.name(), release };
  const uri = `${host}:${values.text('config.datasource.port', '5432')}/${values.text('config.datasource.database')}?sslmode=${values.text('config.datasource.sslmode', 'disable')}&${values.text('config.datasource.extraParams')}`;
  const user = values.mapping('config.datasource.userSecret');
  const env: Mapping[] = secret['name'] === undefined
    ? [
      { name: 'DATA_SOURCE_URI', value: uri.replace(/&$/, '') },
      { name: 'DATA_SOURCE_USER', ...(user['name'] === undefined ? { value: values.text('config.datasource.user', 'postgres') } : { valueFrom: { secretKeyRef: user } }) },
    ]
    : [{ name: 'DATA_SOURCE_NAME', valueFrom: { secretKeyRef: secret } }];
  return [{
    manifest: {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: values.fullName(), namespace },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: { ...values.mapping('podLabels'), ...labels }, annotations: values.mapping('annotations') },
          spec: {
            securityContext: values.mapping('podSecurityContext'),
            containers: [{
              name: 'prometheus-postgres-exporter', image: 'quay.io/prometheuscommunity/postgres-exporter', env: [...env, ...values.list('extraEnvs')], volumeMounts: values.list('extraVolumeMounts'),
            }],
            volumes: values.list('extraVolumes'),
          },
        },
      },
    },
    fields: {
      [`${CONTAINER}.env[0]`]: secret['name'] === undefined ? 'config.datasource.host' : 'config.datasourceSecret', [`${CONTAINER}.env[1]`]: 'config.datasource.user',
      [`${CONTAINER}.env`]: 'extraEnvs', 'spec.template.spec.volumes': 'extraVolumes',
    },
  }];
};
