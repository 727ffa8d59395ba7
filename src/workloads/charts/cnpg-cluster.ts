import type { ChartRenderer } from './chart-object';

/** The chart `cluster` of CloudNativePG. Source: cloudnative-pg/charts, commit 003373ce, charts/cluster/templates/cluster.yaml. */
export const cnpgCluster: ChartRenderer = (values, { namespace }) => {
  const postgresql = values.mapping('cluster.postgresql');
  return [{
    manifest: {
      apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: values.fullName(), namespace: values.text('namespaceOverride', namespace), annotations: values.mapping('cluster.annotations') },
      spec: {
        instances: Number(values.text('cluster.instances', '3')), enableSuperuserAccess: values.isOn('cluster.enableSuperuserAccess', true),
        ...(Object.keys(values.mapping('cluster.certificates')).length === 0 ? {} : { certificates: values.mapping('cluster.certificates') }),
        ...(Object.keys(postgresql).length === 0 ? {} : { postgresql }),
      },
    },
    fields: { spec: 'cluster.*', 'metadata.annotations': 'cluster.annotations.*' },
  }];
};
