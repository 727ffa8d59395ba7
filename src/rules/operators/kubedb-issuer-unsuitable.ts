import { isGiven, mappings, text, valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import type { IssuerNode } from '../../pki';
import type { OperatorDatabase } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubeDbFile, source } from '../engine/sources';

export const kubeDbIssuerUnsuitable: Rule<OperatorDatabase> = {
  id: 'kubedb-issuer-unsuitable',
  code: 'PGTLS-O11',
  title: 'issuer of a KubeDB Postgres cannot issue its certificates from one CA',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubeDbFile('apis/kubedb/v1/postgres_helpers.go', 'server and client certificates come from one issuer'),
    source('cert-manager, SelfSigned: ca.crt is the certificate itself, and verifies no other certificate', 'https://cert-manager.io/docs/configuration/selfsigned/'),
  ],
  check: ({ at, manifests }, report) => {
    if (at.group !== 'kubedb.com') { return; }
    const references = [
      { field: 'spec.tls.issuerRef', given: valueAt(at.spec, 'tls.issuerRef') },
      ...mappings(valueAt(at.spec, 'tls.certificates')).map(({ issuerRef }, index) => ({ field: `spec.tls.certificates[${index}].issuerRef`, given: issuerRef })),
    ].filter(({ given }) => isGiven(given));
    for (const { field, given } of references) {
      const issuer = manifests.findIssuer(text(valueAt(given, 'kind')) || 'Issuer', at.namespace, text(valueAt(given, 'name')), at);
      const fault = issuer && faultOf(issuer);
      if (fault !== undefined) { report(field, `${displayName(issuer!.at)} ${fault}`); }
    }
  },
  fix: 'use an issuer of type ca, vault or venafi',
};

function faultOf({ type }: IssuerNode): string | undefined {
  switch (type) {
    case 'selfSigned': return 'is selfSigned: each certificate is a CA of its own, so that the client certificates of KubeDB do not verify the server';
    case 'acme': return 'is of type acme, which provides no ca.crt and issues no client certificates or names inside the cluster';
    default: return undefined;
  }
}
