import { appliedWith, type Manifest } from './manifest';
import { podTemplateOf, PodView } from './pod-view';
import { declaredSecret, SecretDeclaration } from './secret-declaration';
import { groupBy } from '../data';

/** Manifests that are applied together, found by what they are. All look-ups are built once. */
export class ManifestIndex {
  public readonly pods: ReadonlyArray<PodView>;

  /** What makes Secrets, by namespace and name; `*` for those whose namespaces are found out in the cluster only. */
  protected readonly declaredSecrets: ReadonlyMap<string, SecretDeclaration[]>;
  private readonly byKind: ReadonlyMap<string, Manifest[]>;
  private readonly byName: ReadonlyMap<string, Manifest[]>;

  public constructor(public readonly objects: ReadonlyArray<Manifest>) {
    this.byKind = groupBy(objects, ({ group, kind }) => indexKey(group, kind));
    this.byName = groupBy(objects, ({ group, kind, namespace, name }) => indexKey(group, kind, namespace, name));
    const secrets = objects.flatMap((object) => declaredSecret(object) ?? []);
    this.declaredSecrets = groupBy(secrets, ({ isAnywhere, namespace, name }) => indexKey(isAnywhere ? '*' : namespace, name));
    this.pods = objects.flatMap((object) => {
      const template = podTemplateOf(object);
      return template === undefined ? [] : [new PodView(object, template)];
    });
  }

  /** Every object of a kind, in the order of the manifests. */
  public ofKind(group: string, kind: string): ReadonlyArray<Manifest> {
    return this.byKind.get(indexKey(group, kind)) ?? [];
  }

  /** The first object of that name; of several, the first one that is applied together with another object. */
  public find(group: string, kind: string, namespace: string | undefined, name: string, beside?: Manifest): Manifest | undefined {
    return this.candidates(group, kind, namespace, name, beside)[0];
  }

  /** Every object of that name; of several, those that are applied together with another object, if there are any. */
  public candidates(group: string, kind: string, namespace: string | undefined, name: string, beside?: Manifest): ReadonlyArray<Manifest> {
    const named = this.byName.get(indexKey(group, kind, namespace, name));
    return named === undefined ? [] : appliedWith(named, beside);
  }

  /** What makes a Secret of that name in that namespace, Certificates aside. */
  public secretsDeclared(namespace: string | undefined, name: string): ReadonlyArray<SecretDeclaration> {
    return this.declaredSecrets.get(indexKey(namespace, name)) ?? [];
  }
}

export function indexKey(first: string | undefined, second: string | undefined, third?: string, fourth?: string): string {
  return `${first ?? ''}/${second ?? ''}/${third ?? ''}/${fourth ?? ''}`;
}
