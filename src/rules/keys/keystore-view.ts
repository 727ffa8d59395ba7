import { isGiven, mapping, type Mapping, text } from '../../data';
import type { CertificateNode } from '../../pki';

/** A keystore that a Certificate declares. */
export interface KeystoreView {
  readonly kind: 'jks' | 'pkcs12';
  /** The path of the keystore, for example `spec.keystores.jks`. */
  readonly path: string;
  readonly create: boolean;
  readonly password: unknown;
  readonly refers: boolean;
  readonly reference: Mapping;
  readonly profile: string;
}

export function keystoresOf({ spec }: CertificateNode): KeystoreView[] {
  const keystores = mapping(spec['keystores']);
  return (['jks', 'pkcs12'] as const).filter((kind) => isGiven(keystores[kind])).map((kind) => {
    const { create, password, passwordSecretRef, profile } = mapping(keystores[kind]);
    return {
      kind,
      path: `spec.keystores.${kind}`,
      create: create === true,
      password: password ?? undefined,
      refers: isGiven(passwordSecretRef),
      reference: mapping(passwordSecretRef),
      profile: text(profile),
    };
  });
}
