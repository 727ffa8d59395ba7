import type { Manifest } from './manifest';
import { mapping, Mapping, text, valueAt } from '../data';

/** A Secret that an object of the app creates. */
export interface SecretDeclaration {
  /** The object that creates it: the Secret itself, or the object from which a controller creates it. */
  readonly by: Manifest;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Whether its namespaces are only known in the cluster. */
  readonly isAnywhere: boolean;
  /** Content that conflicts with cert-manager; undefined for metadata only. */
  readonly brings?: string;
}

/** The Secret that an object creates, if any: Secrets, and the objects of External Secrets and Sealed Secrets. */
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

/** Source: External Secrets Operator, target of an ExternalSecret: by default it has the same name, and it is created unless creationPolicy is None. */
function externalSecret(by: Manifest, spec: unknown, isAnywhere = false): SecretDeclaration | undefined {
  const { name, creationPolicy } = mapping(valueAt(spec, 'target'));
  return creationPolicy === 'None' ? undefined : { by, name: text(name) || by.name, namespace: by.namespace, isAnywhere, brings: 'data' };
}

function contentOf({ data, stringData, immutable }: Mapping): string | undefined {
  if (Object.keys({ ...mapping(data), ...mapping(stringData) }).length > 0) { return 'data'; }
  return immutable === true ? 'immutable: true' : undefined;
}
