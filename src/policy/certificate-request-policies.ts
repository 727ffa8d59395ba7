import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { certificateRequestPolicySpec } from './certificate-request-policy-spec';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { formatIssuerIdentities } from '../pki';
import { clusterScoped, DeclaredCertificate, DeclaredCertificates, RenderedOnce, TreeValidation } from '../verification';

/** Properties of CertificateRequestPolicies. */
export interface CertificateRequestPoliciesProps {
  /**
   * The issuers whose Certificates are allowed.
   *
   * @default - every issuer of the app's Certificates
   */
  readonly issuers?: IIssuer[];

  /**
   * ServiceAccount of cert-manager's controller, which asks for every Certificate.
   *
   * @default cert-manager
   */
  readonly serviceAccountName?: string;

  /**
   * Namespace of that ServiceAccount.
   *
   * @default cert-manager
   */
  readonly serviceAccountNamespace?: string;
}

/**
 * What approver-policy has to allow for the Certificates of the app to be issued, and nothing else: whoever can have a name signed by the
 * authority of a database's clients can be any role.
 *
 * One policy for each Certificate and not one for an issuer: a policy knows lists of allowed names, and a union of all lists would let
 * the common name of one Certificate go with the host names, usages or lifetime of another.
 *
 * Construct it before the certificates, in their chart or in one that is applied earlier: a request that meets the policies of others and
 * not yet its own is denied, and cert-manager asks again an hour later. cert-manager must run without its own approver, or it approves
 * everything.
 *
 * @see https://cert-manager.io/docs/policy/approval/approver-policy/
 */
export class CertificateRequestPolicies extends Construct {
  private readonly names: string[] = [];

  /** Whether what is declared from now on is written after this construct. */
  private complete = false;

  public constructor(scope: Construct, id: string, props: CertificateRequestPoliciesProps = {}) {
    checkArguments('CertificateRequestPolicies', scope, id, props);
    super(scope, id);
    const issuers = props.issuers && new Set(props.issuers.map((issuer) => formatIssuerIdentities([issuer])));
    DeclaredCertificates.of(this).forEach((certificate) => {
      if (issuers === undefined || issuers.has(formatIssuerIdentities([certificate.issuer]))) { this.allow(certificate); }
    });
    this.complete = true;
    this.bind(props);
    TreeValidation.of(this);
  }

  /** Names of the policies, those of all Certificates that the app has by now. */
  public get policyNames(): string[] {
    return [...this.names];
  }

  private allow({ object, isCa }: DeclaredCertificate): void {
    const { name, namespace } = object.metadata;
    // The certificate of an authority has an issuer to itself, and that of the others cannot be made before it.
    if (!this.complete && !isCa) {
      throw new Error(`[${this.node.path}] Certificate '${name}' at '${object.node.path}' comes before the policies, and its request could be denied by those of others; `
        + 'construct CertificateRequestPolicies before it');
    }
    // A namespace has no dots, so no two Certificates meet in one name.
    const policy = namespace === undefined ? name! : `${namespace}.${name}`;
    this.names.push(policy);
    clusterScoped(new RenderedOnce(this, policy, {
      apiVersion: 'policy.cert-manager.io/v1alpha1',
      kind: 'CertificateRequestPolicy',
      metadata: { name: policy },
      // When it is written, so that it allows what the Certificate has become by then.
      spec: Lazy.any({ produce: () => certificateRequestPolicySpec(object.toJson()) }),
    }));
  }

  private bind({ serviceAccountName = 'cert-manager', serviceAccountNamespace = 'cert-manager' }: CertificateRequestPoliciesProps): void {
    const role = clusterScoped(new RenderedOnce(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      rules: [{
        apiGroups: ['policy.cert-manager.io'], resources: ['certificaterequestpolicies'], verbs: ['use'],
        resourceNames: Lazy.any({ produce: () => this.policyNames }),
      }],
    }));
    clusterScoped(new RenderedOnce(this, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: serviceAccountNamespace }],
    }));
  }
}
