import { changed, same, Taken } from '../field-rule';
import type { KubeDbContext } from './kubedb-context';
import { isGiven, mapping, mappings } from '../../data';

/** What differs from KubeDB without a field that names it, by a name for the report. */
export function differences(context: KubeDbContext): Array<readonly [string, Taken]> {
  const { hasTls, name } = context;
  return [
    ['network access', changed("KubeDB writes no NetworkPolicy; here every pod of the namespace may connect, and no other: property 'network'")],
    ['local connections', changed("KubeDB's server trusts every connection over its socket; here the pod's own roles alone log in so")],
    ['sort order', changed("a new database sorts text by code point: property 'init.locale'")],
    ...(hasTls ? [
      ['TLS versions', changed("the server accepts TLS 1.3, KubeDB's TLS 1.2 as well: property 'tls.minProtocolVersion'")],
      ['private keys', changed("ECDSA on P-256, KubeDB's are RSA with 2048 bits: property 'privateKey' of a certificate")],
      ['renewal', changed("certificates are renewed when a third of their lifetime is left, and loaded without a restart; KubeDB's are renewed 5 minutes before expiry, with a restart: property 'renewBefore'")],
    ] as const : []),
    ...(hasResources(context) ? [] : [['resources', changed("250m CPU and 1Gi memory are requested, KubeDB requests 500m CPU and 1Gi: property 'resources'")] as const]),
    ['AppBinding', same(`none is written; clients find ${name} by 'endpoint' and 'addClient'`)],
  ];
}

function hasResources({ spec }: KubeDbContext): boolean {
  const pod = mapping(mapping(spec['podTemplate'])['spec']);
  return isGiven(pod['resources']) || mappings(pod['containers']).some((container) => container['name'] === 'postgres' && isGiven(container['resources']));
}
