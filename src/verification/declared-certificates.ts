import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { KnownIssuer } from '../pki';

/** A Certificate of the app. */
export interface DeclaredCertificate {
  readonly object: ApiObject;
  readonly issuer: KnownIssuer;
}

/** What is done for a Certificate, and returns how to undo it. */
type Listener = (certificate: DeclaredCertificate) => (() => void) | undefined;

/** The Certificates of one construct tree, for constructs that process each of them, in any order of creation. */
export class DeclaredCertificates {
  public static of(construct: IConstruct): DeclaredCertificates {
    const { root } = construct.node;
    const known = DeclaredCertificates.trees.get(root) ?? new DeclaredCertificates();
    DeclaredCertificates.trees.set(root, known);
    return known;
  }

  private static readonly trees = new WeakMap<IConstruct, DeclaredCertificates>();

  /** With what undoes that which listeners have done for each. */
  private readonly certificates = new Map<DeclaredCertificate, Array<() => void>>();
  private readonly listeners: Listener[] = [];

  public add(certificate: DeclaredCertificate): void {
    this.certificates.set(certificate, []);
    for (const listener of this.listeners) { this.answer(certificate, listener); }
  }

  /** Takes the Certificates below a construct back, before it is removed from the tree. */
  public withdraw(construct: IConstruct): void {
    for (const [certificate, undoes] of [...this.certificates].filter(([{ object }]) => object.node.scopes.includes(construct))) {
      this.certificates.delete(certificate);
      for (const undo of undoes) { undo(); }
    }
  }

  /** Calls the listener for every Certificate, including those declared later. */
  public forEach(listener: Listener): void {
    for (const certificate of this.certificates.keys()) { this.answer(certificate, listener); }
    this.listeners.push(listener);
  }

  private answer(certificate: DeclaredCertificate, listener: Listener): void {
    const undo = listener(certificate);
    if (undo !== undefined) { this.certificates.get(certificate)!.push(undo); }
  }
}
