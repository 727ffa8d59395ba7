import type { KubeDbRule, KubeDbRules } from '../kubedb-rules';
import { Answer, became, changed, INTEGER, LABELS, LIST, MAPPING, oneOf, refused, same, TEXT, TEXTS, unsupported, ValueType } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { mappings, text } from '../../../data';
import { Constant, literal } from '../../expression';

const TYPES: Readonly<Record<string, string>> = { ClusterIP: 'CLUSTER_IP', NodePort: 'NODE_PORT', LoadBalancer: 'LOAD_BALANCER' };

/** Services. */
export const SERVICE_FIELDS: KubeDbRules = {
  'spec.serviceTemplates[].alias': {
    is: oneOf('primary', 'standby', 'stats', 'dashboard', 'secondary'),
    take: (value, context, item) => {
      const alias = String(value);
      if (mappings(context.spec['serviceTemplates']).find((other) => other['alias'] === alias) !== item) { return refused(`'${alias}' occurs twice`, 'merge the two'); }
      return notWritten(context, alias) ?? same(`property 'services.${alias}'`);
    },
  },
  'spec.serviceTemplates[].metadata.labels': ofService(LABELS, (value, alias) => became(`services.${alias}.labels`, literal(value))),
  'spec.serviceTemplates[].metadata.annotations': ofService(LABELS, (value, alias) => became(`services.${alias}.annotations`, literal(value))),
  'spec.serviceTemplates[].spec.type': ofService(oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'), (value, alias) => {
    const type = TYPES[String(value)];
    if (type === undefined) { return unsupported('a name outside of the cluster: write such a Service yourself'); }
    if (type === 'CLUSTER_IP') { return same('the default here, too'); }
    return became(`services.${alias}.type`, new Constant(`PostgresServiceType.${type}`), `property 'services.${alias}.type': clients outside of the cluster need a name on the certificate (tls.serverNames)`);
  }),
  'spec.serviceTemplates[].spec.loadBalancerSourceRanges': ofService(TEXTS, (value, alias) => became(`services.${alias}.loadBalancerSourceRanges`, literal(value))),
  'spec.serviceTemplates[].spec.externalTrafficPolicy': ofService(oneOf('Cluster', 'Local'), (value, alias) => became(`services.${alias}.externalTrafficPolicy`, String(value))),
  'spec.serviceTemplates[].spec.clusterIP': ofService(TEXT, () => unsupported('the cluster selects the address of the Service')),
  'spec.serviceTemplates[].spec.externalIPs': ofService(TEXTS, () => unsupported('the Service has no external addresses of its own')),
  'spec.serviceTemplates[].spec.loadBalancerIP': ofService(TEXT, () => unsupported("Kubernetes deprecates it: use the annotation of the load balancer's provider")),
  'spec.serviceTemplates[].spec.healthCheckNodePort': ofService(INTEGER, () => unsupported('the cluster selects the port')),
  'spec.serviceTemplates[].spec.ports': ofService(LIST, (value) => {
    const isDefault = mappings(value).every(({ port, nodePort, name }) => port === 5432 && nodePort === undefined && (name === undefined || name === 'primary'));
    return isDefault ? changed("left out: port 5432, with the name 'postgresql'") : unsupported('the ports are 5432 of the database and that of the metrics; the cluster selects nodePort');
  }),
  'spec.serviceTemplates[].spec.sessionAffinityConfig': ofService(MAPPING, () => changed('without effect: there is one instance')),
};

function ofService(is: ValueType, take: (value: unknown, alias: string) => Answer): KubeDbRule {
  return {
    is,
    take: (value, context, item) => {
      const alias = text(item['alias']);
      return notWritten(context, alias) ?? take(value, alias);
    },
  };
}

/** Services that this package does not write. */
function notWritten({ isReplicated, usesPatroni, hasMonitor, name }: KubeDbContext, alias: string): Answer | undefined {
  if (alias === 'stats') { return hasMonitor ? undefined : changed('left out: without spec.monitor there are no metrics'); }
  if (alias === 'primary') { return undefined; }
  if (usesPatroni) { return alias === 'standby' ? changed(`left out: the Service '${name}-replicas' has no options`) : changed('left out: there is no such Service'); }
  return isReplicated ? unsupported('the Service of standbys', 'spec.replicas') : changed('left out: there are no standbys');
}
