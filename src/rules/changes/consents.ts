import type { ChangeConsent } from './change-consent';
import type { ConsentTable } from './consent-table';
import { Located, toManifest } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence, Rule } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { RuleTable, ruleTable } from '../engine/rule-table';

/** A consent that lets nothing pass. */
interface ConsentTarget extends Located {
  readonly consent: ChangeConsent;
  readonly manifests: RuleContext;
}

/** What is proven about consents, given the rules that they let pass. */
export function consentRules(tables: ReadonlyArray<ConsentTable>): RuleTable {
  return ruleTable((manifests) => unused(manifests, tables), [
    {
      code: 'PGTLS-S29',
      severity: Severity.WARNING,
      title: 'a consent to a change that is not made',
      consequence: Consequence.FAILS_AT_RUNTIME,
      source: 'this package: a consent that stays in the code would let the same change pass a second time',
      check: ({ consent, manifests }) => [`${consent.toString()} (${consent.reason}) fits no `
        + `change${manifests.committed === undefined ? ', as nothing is compared: committed is not given' : ''}`],
      fix: 'remove it where the change is in force by now; otherwise correct namespace and name',
    },
  ] satisfies Rule<ConsentTarget>[]);
}

function unused(manifests: RuleContext, tables: ReadonlyArray<ConsentTable>): ConsentTarget[] {
  const { consents } = manifests;
  if (consents.length === 0) { return []; }
  const used = new Set(tables.flatMap((table) => [...table.used(manifests)]));
  return consents.filter((consent) => !used.has(consent)).map((consent) => ({
    // No manifest: the finding is about what configures the proofs.
    at: toManifest('consents', { metadata: { namespace: consent.namespace } }), consent, manifests,
  }));
}
