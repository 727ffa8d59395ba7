import type { Manifest } from './manifest';
import { mapping, Mapping, text, valueAt } from '../data';

/** A Secret that something in the app makes. */
export interface SecretDeclaration {
  /** What makes it: the Secret itself, or what a controller makes it from. */
  readonly by: Manifest;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Whether the namespaces are found out in the cluster only. */
  readonly isAnywhere: boolean;
  /** What comes with it that cert-manager would fight; undefined for metadata alone. */
  readonly brings?: string;
}

/** The Secret that an object makes, where it makes one: Secrets, and what External Secrets and Sealed Secrets make them from. */
export function declaredSecret(by: Manifest): SecretDeclaration | undefined {
  const declaration = (brings?: string) => ({ by, name: by.name, namespace: by.namespace, isAnywhere: false, brings });
  switch (`${by.group}/${by.kind}`) {
    case '/Secret': return declaration(contentOf(by.manifest));
    case 'bitnami.com/SealedSecret': return declaration('data');
    case 'external-secrets.io/ExternalSecret': return externalSecret(by, by.spec);
    case 'external-secrets.io/ClusterExternalSecret': return externalSecret(by, mapping(by.spec['externalSecretSpec']), true);
    default: return undefined;
  }
}

/** Source: External Secrets Operator, target of an ExternalSecret: named like it unless said, and made unless the creationPolicy is None. */
function externalSecret(by: Manifest, spec: unknown, isAnywhere = false): SecretDeclaration | undefined {
  const { name, creationPolicy } = mapping(valueAt(spec, 'target'));
  return creationPolicy === 'None' ? undefined : { by, name: text(name) || by.name, namespace: by.namespace, isAnywhere, brings: 'data' };
}

function contentOf({ data, stringData, immutable }: Mapping): string | undefined {
  if (Object.keys({ ...mapping(data), ...mapping(stringData) }).length > 0) { return 'data'; }
  return immutable === true ? 'immutable: true' : undefined;
}
