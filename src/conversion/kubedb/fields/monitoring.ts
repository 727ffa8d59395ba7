import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, GO_DURATION, INTEGER, LABELS, LIST, MAPPING, notSupported, oneOf, refused, same, TEXTS, unsupported, withoutEffect } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { mapping } from '../../../data';
import { durationExpression, resourcesExpression } from '../../amounts';
import { fields, literal } from '../../expression';

/** KubeDB's port of the exporter. Source: kubedb/apimachinery, apis/kubedb/constants.go. */
const PORT = 56_790;

/** Metrics. */
export const MONITORING_FIELDS: KubeDbRules = {
  'spec.monitor.agent': {
    is: oneOf('prometheus.io', 'prometheus.io/operator', 'prometheus.io/builtin'),
    take: (value, context) => {
      const https = context.hasTls ? '; metrics are served with TLS, where KubeDB serves plain HTTP' : '';
      if (value === 'prometheus.io/operator') { return changed(`property 'monitor' with a ServiceMonitor${https}`, [['monitor.serviceMonitor', fields({})]]); }
      return changed(`property 'monitor', with the annotations by which Prometheus finds the Service${https}`, [['monitor', fields({})], ...annotations(context)]);
    },
    absent: (context) => (context.hasMonitor ? refused('is missing', 'use prometheus.io/operator or prometheus.io/builtin, as KubeDB requires') : undefined),
  },
  'spec.monitor.prometheus.exporter.port': {
    is: INTEGER,
    take: (value) => became('monitor.port', Number(value)),
    absent: ({ hasMonitor }) => (hasMonitor ? became('monitor.port', PORT, `property 'monitor.port': KubeDB's default is ${PORT}`) : undefined),
  },
  'spec.monitor.prometheus.exporter.args': notSupported(TEXTS, 'the exporter has no arguments of yours'),
  'spec.monitor.prometheus.exporter.env': notSupported(LIST, 'the exporter has no variables of yours'),
  'spec.monitor.prometheus.exporter.resources': {
    is: MAPPING, knows: ['limits', 'requests', 'claims'],
    take: (value) => {
      const resources = resourcesExpression(value);
      return resources === undefined ? refused('has an amount that is not a quantity', 'use quantities such as 100m and 64Mi') : became('monitor.resources', resources);
    },
  },
  'spec.monitor.prometheus.exporter.securityContext': withoutEffect(MAPPING, 'the exporter has the security context of this package: no root, no capabilities, a read-only file system'),
  'spec.monitor.prometheus.serviceMonitor.labels': serviceMonitor(LABELS, 'labels', literal),
  'spec.monitor.prometheus.serviceMonitor.interval': serviceMonitor(GO_DURATION, 'interval', durationExpression),
  'spec.monitor.prometheus.serviceMonitor.endpoints': notSupported(LIST, 'the ServiceMonitor has one endpoint: relabel in Prometheus, or write a ServiceMonitor of your own'),
  'spec.monitor.prometheus.serviceMonitor.targetLabels': notSupported(TEXTS, 'the ServiceMonitor has no targetLabels'),
  'spec.monitor.prometheus.serviceMonitor.podTargetLabels': notSupported(TEXTS, 'the ServiceMonitor has no podTargetLabels'),
};

function serviceMonitor(is: typeof LABELS, name: string, convert: (value: unknown) => ReturnType<typeof literal> | undefined): KubeDbRules[string] {
  return {
    is,
    take: (value, { spec }) => (mapping(spec['monitor'])['agent'] === 'prometheus.io/operator' ? became(`monitor.serviceMonitor.${name}`, convert(value)!)
      : Object.keys(mapping(value)).length === 0 && typeof value === 'object' ? same('empty') : unsupported('of a ServiceMonitor, which only the agent prometheus.io/operator has')),
  };
}

/** The annotations that KubeDB writes for the configuration of Prometheus that finds Services by them. */
function annotations({ spec, hasTls }: KubeDbContext): Array<readonly [string, ReturnType<typeof literal>]> {
  const port = mapping(mapping(mapping(spec['monitor'])['prometheus'])['exporter'])['port'] ?? PORT;
  return [['services.stats.annotations', literal({
    'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port as number), 'prometheus.io/path': '/metrics', 'prometheus.io/scheme': hasTls ? 'https' : 'http',
  })]];
}
