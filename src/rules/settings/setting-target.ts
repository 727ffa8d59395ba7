import { memoizeByObject } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { CertManagerVersion, ClusterSetting, Statement } from '../../pki';
import type { RuleContext } from '../engine/rule-context';

/** What a manifest states about a setting that an option gives as well. */
export interface SettingTarget {
  readonly at: Manifest;
  readonly setting: ClusterSetting;
  readonly given: CertManagerVersion | string;
  readonly statement: Statement<CertManagerVersion | string>;
}

/** The first statement about every setting that an option gives: the oldest release; of a namespace unless a statement agrees with the option, since clusters differ. */
export const settingTargets = memoizeByObject(({ assumptions }: RuleContext): SettingTarget[] =>
  (['certManagerVersion', 'clusterResourceNamespace', 'trustNamespace'] as const).flatMap((setting) => {
    const { isOption, statements } = assumptions.sources[setting];
    const [statement] = statements;
    const given = assumptions[setting];
    const agrees = setting !== 'certManagerVersion' && statements.some(({ value }) => value === given);
    return isOption && statement !== undefined && !agrees ? [{ at: statement.by, setting, given, statement }] : [];
  }));
