import type { ChangeConsent } from './change-consent';
import type { ConsentTable } from './consent-table';
import { Located, toManifest } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { RuleTable, ruleTable } from '../engine/rule-table';

/** A consent that matches no change. */
interface ConsentTarget extends Located {
  readonly consent: ChangeConsent;
  readonly manifests: RuleContext;
}

/** Rules for consents, given the rules that a consent can allow. */
export function consentRules(tables: ReadonlyArray<ConsentTable>): RuleTable {
  return ruleTable((manifests) => unused(manifests, tables), [
    {
      code: 'PGTLS-S29',
      severity: Severity.WARNING,
      title: 'ChangeConsent matches no change',
      consequence: Consequence.FAILS_AT_RUNTIME,
      source: 'this package: a consent that stays in the code would allow the same change a second time',
      check: ({ consent, manifests }) => [`${consent.toString()} (${consent.reason}) matches no `
        + `change${manifests.committed === undefined ? ': committed is not given, so no manifests are compared' : ''}`],
      fix: 'remove the consent if the change is already applied; otherwise correct namespace and name',
    },
  ] satisfies Rule<ConsentTarget>[]);
}

function unused(manifests: RuleContext, tables: ReadonlyArray<ConsentTable>): ConsentTarget[] {
  const { consents } = manifests;
  if (consents.length === 0) { return []; }
  const used = new Set(tables.flatMap((table) => [...table.used(manifests)]));
  return consents.filter((consent) => !used.has(consent)).map((consent) => ({
    // No manifest: the finding is about the configuration of the proofs.
    at: toManifest('consents', { metadata: { namespace: consent.namespace } }), consent, manifests,
  }));
}
