import { k8s } from 'cdk8s-plus-27';
import { renderWebConfig } from './exporter';
import { objectLabels } from './names';
import { renderParameters } from './parameters';
import type { PostgresPlan } from './plan';
import { script } from './scripts';
import { systemRolesSql } from './system-roles';
import { printHba, printIdent } from '../../postgresql';

/** A file of the configuration directory. */
interface ConfigFile {
  readonly name: string;
  /** Undefined where every database has it. */
  readonly isNeeded?: (plan: PostgresPlan) => boolean;
  readonly text: (plan: PostgresPlan) => string;
}

const FILES: ReadonlyArray<ConfigFile> = [
  { name: 'postgresql.conf', text: ({ parameters }) => renderParameters(parameters) },
  { name: 'pg_hba.conf', text: ({ access }) => printHba(access) },
  { name: 'pg_ident.conf', text: ({ userMappings }) => printIdent(userMappings) },
  { name: 'identity.sh', isNeeded: ({ passwordFile }) => passwordFile, text: () => script('identity.sh') },
  { name: 'init.sh', text: () => script('init.sh') },
  { name: 'reload.sh', text: () => script('reload.sh') },
  { name: 'roles.sql', text: ({ exporter, major }) => systemRolesSql(exporter, major) },
  { name: 'exporter-web.yml', isNeeded: ({ exporter }) => exporter?.tls === true, text: ({ exporter, layout }) => renderWebConfig(exporter!, layout) },
];

/** The files that are mounted at the configuration directory. */
export function configFiles(plan: PostgresPlan): ReadonlyArray<ConfigFile> {
  return FILES.filter(({ isNeeded }) => isNeeded?.(plan) ?? true);
}

/** The ConfigMap with all of them. */
export function renderConfigMap(plan: PostgresPlan): k8s.KubeConfigMapProps {
  return {
    metadata: { name: plan.names.config, labels: objectLabels(plan.name) },
    data: Object.fromEntries(configFiles(plan).map(({ name, text }) => [name, text(plan)])),
  };
}
