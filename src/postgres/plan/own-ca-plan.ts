import type { CertificateAuthorityProps } from '../../cert-manager';

/** A CA of the database beside that of its clients. It signs nothing but the certificates that name it. */
export interface OwnCaPlan {
  /** Id of its construct; certificates name it by this. */
  readonly id: string;
  /** Name of its objects. */
  readonly name: string;
  readonly options: Omit<CertificateAuthorityProps, 'metadata' | 'scope' | 'parent'>;
}
