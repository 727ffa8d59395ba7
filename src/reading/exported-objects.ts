import { Mapping, mapping, mappings, text } from '../data';

/** Metadata that the API server writes. */
const SERVER_METADATA = ['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'ownerReferences', 'resourceVersion', 'selfLink', 'uid'];

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Removes what the API server adds to an object (`kubectl get -o yaml`): status, and metadata that is not declared. */
export function removeServerFields(content: Mapping): void {
  const object = content as Record<string, unknown>;
  const metadata = mapping(content['metadata']) as Record<string, unknown>;
  const isExported = typeof metadata['uid'] === 'string' || typeof metadata['resourceVersion'] === 'string' || Array.isArray(metadata['managedFields']);
  if (isExported) { delete object['status']; }
  for (const field of SERVER_METADATA) { Reflect.deleteProperty(metadata, field); }
  const annotations = mapping(metadata['annotations']) as Record<string, unknown>;
  Reflect.deleteProperty(annotations, LAST_APPLIED);
}

/**
 * Who wrote an object that people do not: the owner of a Pod or ReplicaSet, cert-manager for the Secret of a Certificate. Its declaration is the owner's.
 * Source: cert-manager, pkg/apis/certmanager/v1/types.go: the annotations of Secrets that it issues.
 */
export function controllerOf(content: Mapping): string | undefined {
  const metadata = mapping(content['metadata']);
  const owner = mappings(metadata['ownerReferences']).find(({ controller }) => controller === true);
  if (owner !== undefined) { return `${text(owner['kind'])} '${text(owner['name'])}'`; }
  const annotations = mapping(metadata['annotations']);
  const certificate = text(annotations['cert-manager.io/certificate-name']);
  const isIssued = content['kind'] === 'Secret' && certificate !== '' && 'cert-manager.io/issuer-name' in annotations && 'tls.crt' in mapping(content['data']);
  return isIssued ? `Certificate '${certificate}'` : undefined;
}
