import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { KnownIssuer } from '../pki';

/** A Certificate of the app. */
export interface DeclaredCertificate {
  readonly object: ApiObject;
  readonly issuer: KnownIssuer;
}

type Listener = (certificate: DeclaredCertificate) => void;

/** The Certificates of one construct tree, for constructs that process each of them, in any order of creation. */
export class DeclaredCertificates {
  public static of(construct: IConstruct): DeclaredCertificates {
    const { root } = construct.node;
    const known = DeclaredCertificates.trees.get(root) ?? new DeclaredCertificates();
    DeclaredCertificates.trees.set(root, known);
    return known;
  }

  private static readonly trees = new WeakMap<IConstruct, DeclaredCertificates>();

  private readonly certificates: DeclaredCertificate[] = [];
  private readonly listeners: Listener[] = [];

  public add(certificate: DeclaredCertificate): void {
    this.certificates.push(certificate);
    for (const listener of this.listeners) { listener(certificate); }
  }

  /** Calls the listener for every Certificate, including those declared later. */
  public forEach(listener: Listener): void {
    for (const certificate of this.certificates) { listener(certificate); }
    this.listeners.push(listener);
  }
}
