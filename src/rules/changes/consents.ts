import type { ConsentTable } from './consent-table';
import { type ConsentTarget, consentUnused } from './consent-unused';
import { toManifest } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';
import { type RuleTable, ruleTable } from '../engine/rule-table';

/** Rules for consents, given the rules that a consent can allow. */
export function consentRules(tables: ReadonlyArray<ConsentTable>): RuleTable {
  return ruleTable((manifests) => unused(manifests, tables), [consentUnused]);
}

function unused(manifests: RuleContext, tables: ReadonlyArray<ConsentTable>): ConsentTarget[] {
  const { consents } = manifests;
  if (consents.length === 0) { return []; }
  const used = new Set(tables.flatMap((table) => [...table.used(manifests)]));
  return consents.filter((consent) => !used.has(consent)).map((consent) => ({
    // No manifest: the finding is about the configuration of the validation.
    at: toManifest('consents', { metadata: { namespace: consent.namespace } }), consent, manifests,
  }));
}
