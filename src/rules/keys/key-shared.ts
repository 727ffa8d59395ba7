import { isGiven, Mapping, mapping, mappings, text } from '../../data';
import { CertificateNode } from '../../pki';

export function formatsOf(spec: CertificateNode['spec']): string[] {
  return mappings(spec['additionalOutputFormats']).map(({ type }) => text(type)).filter((type) => type !== '');
}

export interface KeystoreView {
  readonly kind: 'jks' | 'pkcs12';
  readonly create: boolean;
  readonly password: unknown;
  readonly refers: boolean;
  readonly reference: Mapping;
  readonly profile: string;
}

export function keystoresOf({ spec }: CertificateNode): KeystoreView[] {
  const keystores = mapping(spec['keystores']);
  return (['jks', 'pkcs12'] as const).filter((kind) => keystores[kind] !== undefined && keystores[kind] !== null).map((kind) => {
    const { create, password, passwordSecretRef, profile } = mapping(keystores[kind]);
    return { kind, create: create === true, password: password ?? undefined, refers: isGiven(passwordSecretRef), reference: mapping(passwordSecretRef), profile: text(profile) };
  });
}
