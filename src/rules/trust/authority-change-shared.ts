import { Located } from '../../kubernetes';
import { CertificateNode } from '../../pki';

/** A Certificate that is currently applied, and its new manifest. */
export interface TrustChangeTarget extends Located {
  readonly certificate: CertificateNode;
  /** The CA at the top of its chain: currently applied, and in the new manifests. */
  readonly before: string;
  readonly after: string;
  readonly committed: TrustPair[];
}

/** The CAs of a bundle: currently applied, and in the new manifests. */
export interface TrustPair {
  readonly name: string;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/** Whether any bundle contains one of the two CAs. */
export function concerned(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => [trust.before, trust.after].some((set) => set.has(before) || set.has(after)));
}

/** `the CA in Secret 'new-ca' in namespace 'demo'`, as messages name a CA. */
export function describeCa(identityOfCa: string): string {
  const [type = '', namespace = '', name = ''] = identityOfCa.split('/');
  return `${type === 'Secret' ? 'the CA in Secret' : type.split('.')[0]} '${name}'${namespace === '' ? '' : ` in namespace '${namespace}'`}`;
}
