import { optionContradictsManifests } from './option-contradicts-manifests';
import { settingTargets } from './setting-target';
import { ruleTable } from '../engine/rule-table';

/** Rules about settings of the cluster, as options and manifests state them. */
export const SETTING_RULES = ruleTable(settingTargets, [optionContradictsManifests]);
