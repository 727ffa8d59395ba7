import { bitnamiServer } from './bitnami-server';
import type { ChartRenderer } from './chart-object';
import { cut } from './chart-values';

/** Bitnami's chart postgresql-ha: the servers that repmgr manages; clients connect to Pgpool-II in front of them, which is not read. */
export const bitnamiPostgresqlHa: ChartRenderer = (values, release) => {
  if (!values.isKnown('postgresql.tls.enabled')) { return []; }
  const name = cut(`${values.fullName()}-postgresql`);
  return bitnamiServer(values, release, {
    name, image: `${values.text('postgresql.image.repository', 'bitnami/postgresql-repmgr')}:${values.text('postgresql.image.tag', 'latest')}`,
    labels: { 'app.kubernetes.io/name': values.name(), 'app.kubernetes.io/instance': release.name, 'app.kubernetes.io/component': 'postgresql' },
    at: 'postgresql', tls: 'postgresql.tls', portValue: 'postgresql.containerPorts.postgresql',
    services: [{ name, isHeadless: false, at: 'service' }, { name: cut(`${name}-headless`), isHeadless: true, at: 'service' }],
    configuration: 'postgresql.configuration', hba: 'postgresql.pgHbaConfiguration', extended: 'postgresql.extendedConf',
  });
};
