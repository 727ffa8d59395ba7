import type { CaChange } from './ca-change';
import { caIssuerChanged } from './ca-issuer-changed';
import { caKeyChanged } from './ca-key-changed';
import { caSecretChanged } from './ca-secret-changed';
import { caSubjectChanged } from './ca-subject-changed';
import { consentTable } from './consent-table';
import type { RuleContext } from '../engine/rule-context';

/**
 * Rules for a CA that changes in place: it keeps its Secret, so that cert-manager re-issues none of the certificates below it. The rules of
 * src/rules/trust check Certificates that change to another CA.
 */
export const CA_CHANGE_RULES = consentTable(changes, [
  caSubjectChanged,
  caKeyChanged,
  caSecretChanged,
  caIssuerChanged,
]);

function changes(manifests: RuleContext): CaChange[] {
  const { committed } = manifests;
  return (committed?.certificates ?? []).filter(({ isCa }) => isCa).flatMap((before) => {
    const { namespace, name } = before.at;
    const after = manifests.writersOf(namespace, before.secretName)[0] ?? manifests.findCertificate(namespace, name);
    const [leaf] = before.descendants;
    return after === undefined || leaf === undefined ? [] : [{ at: after.at, namespace, name: after.at.name, before, after, leaf, manifests }];
  });
}
