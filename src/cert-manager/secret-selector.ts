import { IServiceAccount, SecretValue } from 'cdk8s-plus-27';

/** A key of a Secret as cert-manager refers to it. */
export function secretSelector({ secret, key }: SecretValue): { readonly name: string; readonly key: string } {
  return { name: secret.name, key };
}

/** A ServiceAccount as cert-manager refers to it. */
export function serviceAccountSelector({ name }: IServiceAccount, audiences: string[] | undefined): { readonly name: string; readonly audiences?: string[] } {
  return { name, audiences };
}
