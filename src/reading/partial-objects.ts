import { isGiven, Mapping, mapping, mappings, text } from '../data';

/**
 * Why an object cannot be a whole one, so that it is a patch, an expectation of a test, or a part of a page: it lacks several fields that each such object has.
 *
 * One missing field is a fault, which rules report.
 */
export function missingHalf(content: Mapping): string | undefined {
  const group = text(content['apiVersion']).split('/').reverse()[1] ?? '';
  const spec = mapping(content['spec']);
  const lacks = (...fields: string[]) => fields.every((field) => !isGiven(spec[field]));
  switch (`${group}/${text(content['kind'])}`) {
    case 'cert-manager.io/Certificate': return lacks('secretName', 'issuerRef') ? 'neither secretName nor issuerRef' : undefined;
    case 'cert-manager.io/Issuer': case 'cert-manager.io/ClusterIssuer': return isGiven(content['spec']) ? undefined : 'no spec';
    case 'trust.cert-manager.io/Bundle': return lacks('sources', 'target') ? 'neither sources nor target' : undefined;
    case 'policy.cert-manager.io/CertificateRequestPolicy': return lacks('selector', 'allowed', 'constraints', 'plugins') ? 'neither selector nor allowed' : undefined;
    case 'apps/Deployment': case 'apps/StatefulSet': case 'apps/DaemonSet':
      return lacks('selector') && !hasImages(mapping(mapping(spec['template'])['spec'])) ? 'neither selector nor a container with an image' : undefined;
    case 'batch/Job': return hasImages(mapping(mapping(spec['template'])['spec'])) ? undefined : 'no container with an image';
    case 'batch/CronJob':
      return lacks('schedule') && !hasImages(mapping(mapping(mapping(mapping(spec['jobTemplate'])['spec'])['template'])['spec'])) ? 'neither schedule nor a container with an image' : undefined;
    case '/Pod': return hasImages(spec) ? undefined : 'no container with an image';
    default: return undefined;
  }
}

function hasImages(podSpec: Mapping): boolean {
  return mappings(podSpec['containers']).some(({ image }) => isGiven(image));
}

/** In a text that may have a directive of a strategic merge patch. */
export const PATCH_DIRECTIVE = /\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/;

/** Whether a key at any depth is a directive of a strategic merge patch. */
export function hasPatchDirective(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([key, inner]) => PATCH_DIRECTIVE.test(key) || hasPatchDirective(inner));
}

/** Whether a list holds the operations of a JSON patch (RFC 6902). */
export function isJsonPatch(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && mappings(value).every(({ op, path }) => typeof op === 'string' && typeof path === 'string');
}
