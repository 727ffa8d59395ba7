import { applicationTracksClaims } from './application-tracks-claims';
import { hookHoldsState } from './hook-holds-state';
import { dependents } from './needed-first';
import { syncAnnotationInvalid } from './sync-annotation-invalid';
import { syncRecreatesObject } from './sync-recreates-object';
import { syncWaveTooEarly } from './sync-wave-too-early';
import { objectsOf, ruleTable } from '../engine/rule-table';

/** Rules about what Argo CD and Flux do with an object. */
export const GITOPS_RULES = ruleTable(objectsOf, [
  hookHoldsState,
  syncRecreatesObject,
  syncAnnotationInvalid,
  applicationTracksClaims,
]);

/** Rules about the order in which Argo CD applies objects. */
export const SYNC_WAVE_RULES = ruleTable(dependents, [
  syncWaveTooEarly,
]);
