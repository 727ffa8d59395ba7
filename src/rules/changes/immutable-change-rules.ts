import { claimFieldImmutable } from './claim-field-immutable';
import type { ObjectChange } from './object-change';
import { objectFieldImmutable } from './object-field-immutable';
import { identity } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';
import { ruleTable } from '../engine/rule-table';

/** Rules for objects with immutable fields. */
export const IMMUTABLE_CHANGE_RULES = ruleTable(changes, [
  objectFieldImmutable,
  claimFieldImmutable,
]);

function changes(manifests: RuleContext): ObjectChange[] {
  const { committed } = manifests;
  if (committed === undefined) { return []; }
  const earlier = new Map(committed.objects.map((object) => [identity(object), object]));
  return manifests.objects.flatMap((object) => {
    const before = earlier.get(identity(object));
    return before === undefined ? [] : [{ at: object, before }];
  });
}
