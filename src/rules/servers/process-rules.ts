import { PodContext } from '../../workloads';
import { Rule } from '../engine/rule';
import { pgCtlInOtherContainer } from './pg-ctl-in-other-container';
import { probeInShell } from './probe-in-shell';
import { dataDirectoryGroupAccess } from './data-directory-group-access';
import { postgresBelowShell } from './postgres-below-shell';

/** Rules for the processes around PostgreSQL. */
export const PROCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  pgCtlInOtherContainer,
  probeInShell,
  dataDirectoryGroupAccess,
  postgresBelowShell,
];
