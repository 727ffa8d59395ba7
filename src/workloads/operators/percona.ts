import { pgoFacts } from './crunchy';
import { type OperatorDatabase, operatorDatabase, type OperatorKey } from './operator-database';
import { isGiven, valueAt } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

/** A PerconaPGCluster of Percona's operator, which is built on Crunchy's. */
export function percona(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  const facts = pgoFacts(at, 'spec.secrets');
  // With a CA of its own, ca.crt is taken from there. Source: Percona's operator percona/controller/pgcluster/controller.go, validateTLS.
  const hasRoot = isGiven(valueAt(at.spec, 'secrets.customRootCATLSSecret'));
  const needed = ({ key }: OperatorKey) => !hasRoot || key !== 'ca.crt';
  return operatorDatabase(at, manifests, {
    operator: "Percona's operator", ...facts, pairsSecrets: !hasRoot, secrets: (facts.secrets ?? []).map((secret) => ({ ...secret, keys: secret.keys.filter(needed) })),
  });
}
