import { k8s } from 'cdk8s-plus-27';
import { rolesSql } from './roles-sql';
import type { DatabasePlan } from '../../plan/database-plan';
import { objectMetadata } from '../../plan/names';
import type { FilePlan } from '../../plan/parts';
import { renderParameters } from '../../plan/parameters';
import { printHba, printIdent } from '../../../postgresql';

/** Files that are written from the plan. */
export type PlannedTexts = Readonly<Record<string, (plan: DatabasePlan) => string>>;

const TEXTS: PlannedTexts = {
  'postgresql.conf': ({ parameters }) => renderParameters(parameters),
  'pg_hba.conf': ({ access }) => printHba(access),
  'pg_ident.conf': ({ identRows }) => printIdent(identRows),
  'roles.sql': ({ roles }) => rolesSql(roles),
};

/**
 * The ConfigMap with the files that are mounted at the configuration directory.
 *
 * @param texts files of the engine's own
 */
export function renderConfigMap(plan: DatabasePlan, texts: PlannedTexts = {}): k8s.KubeConfigMapProps {
  return {
    metadata: configMapMetadata(plan),
    data: Object.fromEntries(ownFiles(plan).map(({ name, text }) => [name, text ?? (texts[name] ?? TEXTS[name]!)(plan)])),
  };
}

export function configMapMetadata({ name, names }: DatabasePlan): k8s.ObjectMeta {
  return objectMetadata(name, names.config);
}

/** The files in the ConfigMap of the database. */
export function ownFiles({ files, scripts }: DatabasePlan): ReadonlyArray<FilePlan> {
  return scripts ? files.filter(({ isScript }) => !isScript) : files;
}
