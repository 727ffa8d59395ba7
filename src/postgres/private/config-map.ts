import { k8s } from 'cdk8s-plus-27';
import { renderWebConfig } from './exporter';
import { objectLabels } from './names';
import { renderParameters } from './parameters';
import type { PostgresPlan } from './plan';
import { script } from './scripts';
import { systemRolesSql } from './system-roles';
import { printHba, printIdent } from '../../postgresql';

/** The ConfigMap with everything that is mounted at the configuration directory. */
export function renderConfigMap(plan: PostgresPlan): k8s.KubeConfigMapProps {
  return {
    metadata: { name: plan.names.config, labels: objectLabels(plan.name) },
    data: {
      'postgresql.conf': renderParameters(plan.parameters),
      'pg_hba.conf': printHba(plan.access),
      'pg_ident.conf': printIdent(plan.userMappings),
      ...(plan.passwordFile ? { 'identity.sh': script('identity.sh') } : {}),
      'init.sh': script('init.sh'),
      'reload.sh': script('reload.sh'),
      'roles.sql': systemRolesSql(plan.exporter, plan.major),
      ...(plan.exporter?.tls ? { 'exporter-web.yml': renderWebConfig(plan.exporter, plan.layout) } : {}),
    },
  };
}
