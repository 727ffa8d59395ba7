import { dataDirectoryGroupAccess } from './data-directory-group-access';
import { optionInOneWord } from './option-in-one-word';
import { pgCtlInOtherContainer } from './pg-ctl-in-other-container';
import { postgresBelowShell } from './postgres-below-shell';
import { probeInShell } from './probe-in-shell';
import type { PodContext } from '../../workloads';
import type { Rule } from '../engine/rule';

/** Rules for the processes around PostgreSQL. */
export const PROCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  pgCtlInOtherContainer,
  probeInShell,
  dataDirectoryGroupAccess,
  postgresBelowShell,
  optionInOneWord,
];
