import type { ChangeConsent } from './change-consent';
import { Severity } from '../engine/finding';
import type { ConsentTable } from './consent-table';
import type { Inventory } from '../../pki';
import { judged, Located } from '../../kubernetes';
import { Basis, Rule } from '../engine/rule';
import { RuleTable, ruleTable } from '../engine/rule-table';

/** A consent that lets nothing pass. */
interface ConsentSubject extends Located {
  readonly consent: ChangeConsent;
  readonly inventory: Inventory;
}

/** What is proven about consents, given the rules that they let pass. */
export function consentRules(tables: ReadonlyArray<ConsentTable>): RuleTable {
  return ruleTable((inventory) => unused(inventory, tables), [
    {
      code: 'PGTLS-S29',
      severity: Severity.WARNING,
      title: 'a consent to a change that is not made',
      basis: Basis.PEER,
      source: 'this package: a consent that stays in the code would let the same change pass a second time',
      broken: ({ consent, inventory }) => [`${consent.toString()} (${consent.reason}) fits no `
        + `change${inventory.surroundings.committed === undefined ? ', as nothing is compared: committed is not given' : ''}`],
      remedy: 'remove it where the change is in force by now; otherwise correct namespace and name',
    },
  ] satisfies Rule<ConsentSubject>[]);
}

function unused(inventory: Inventory, tables: ReadonlyArray<ConsentTable>): ConsentSubject[] {
  const { consents } = inventory.surroundings;
  if (consents.length === 0) { return []; }
  const used = new Set(tables.flatMap((table) => [...table.used(inventory)]));
  return consents.filter((consent) => !used.has(consent)).map((consent) => ({
    // No manifest: the finding is about what configures the proofs.
    at: judged('consents', { metadata: { namespace: consent.namespace } }), consent, inventory,
  }));
}
