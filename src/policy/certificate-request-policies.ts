import { ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { certificateRequestPolicySpec } from './certificate-request-policy-spec';
import { CommonMetadata, IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { formatIssuerIdentities } from '../pki';
import { clusterScoped, DeclaredCertificate, DeclaredCertificates, RenderedOnce, TreeValidation } from '../verification';

/** Properties of CertificateRequestPolicies. */
export interface CertificateRequestPoliciesProps {
  /**
   * Labels and annotations of every object; `name` is the name of the ClusterRole and the ClusterRoleBinding. The policies are named after the
   * Certificates.
   *
   * @default - names that cdk8s generates
   */
  readonly metadata?: CommonMetadata;

  /**
   * The issuers whose Certificates get a policy.
   *
   * @default - every issuer of the Certificates of the app
   */
  readonly issuers?: IIssuer[];

  /**
   * ServiceAccount of the cert-manager controller, which creates the CertificateRequests.
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
 * Policies of approver-policy that allow exactly the Certificates of the app. Without them, everyone who can obtain a certificate of the client
 * CA of a database can log in as any role.
 *
 * One policy per Certificate, not per issuer: a policy consists of lists of allowed names, and a union of all lists would allow the common
 * name of one Certificate together with the host names, usages or lifetime of another one.
 *
 * Create it before the Certificate constructs, in their chart or in one that is applied earlier: a request that only meets the policies of
 * other Certificates is denied, and cert-manager retries after an hour. cert-manager must run without its own approver, which approves every
 * request.
 *
 * @throws if it is created after a Certificate that is not a CA certificate
 * @see https://cert-manager.io/docs/policy/approval/approver-policy/
 */
export class CertificateRequestPolicies extends Construct {
  private readonly names: string[] = [];

  private readonly metadata: ApiObjectMetadata;

  /** Whether the Certificates declared from now on are written after this construct. */
  private complete = false;

  public constructor(scope: Construct, id: string, props: CertificateRequestPoliciesProps = {}) {
    checkArguments('CertificateRequestPolicies', scope, id, props);
    super(scope, id);
    const { labels, annotations } = props.metadata ?? {};
    this.metadata = { ...(labels && { labels: { ...labels } }), ...(annotations && { annotations: { ...annotations } }) };
    const issuers = props.issuers && new Set(props.issuers.map((issuer) => formatIssuerIdentities([issuer])));
    DeclaredCertificates.of(this).forEach((certificate) => {
      if (issuers === undefined || issuers.has(formatIssuerIdentities([certificate.issuer]))) { this.allow(certificate); }
    });
    this.complete = true;
    this.bind(props);
    TreeValidation.of(this);
  }

  /** Names of the policies for the Certificates that have been declared so far. */
  public get policyNames(): string[] {
    return [...this.names];
  }

  private allow({ object, isCa }: DeclaredCertificate): void {
    const { name, namespace } = object.metadata;
    // A CA certificate has an issuer of its own, and the issuer of the other certificates cannot be created before it.
    if (!this.complete && !isCa) {
      throw new Error(`[${this.node.path}] Certificate '${name}' at '${object.node.path}' is declared before the policies, so its request could be denied by other policies; `
        + 'create CertificateRequestPolicies first');
    }
    // A namespace has no dots, so the names of two Certificates cannot collide.
    const policy = namespace === undefined ? name! : `${namespace}.${name}`;
    this.names.push(policy);
    clusterScoped(new RenderedOnce(this, policy, {
      apiVersion: 'policy.cert-manager.io/v1alpha1',
      kind: 'CertificateRequestPolicy',
      metadata: { ...this.metadata, name: policy },
      // Rendered lazily, so that it includes later changes of the Certificate.
      spec: Lazy.any({ produce: () => certificateRequestPolicySpec(object.toJson()) }),
    }));
  }

  private bind({ metadata: { name } = {}, serviceAccountName = 'cert-manager', serviceAccountNamespace = 'cert-manager' }: CertificateRequestPoliciesProps): void {
    const metadata = { ...this.metadata, ...(name !== undefined && { name }) };
    const role = clusterScoped(new RenderedOnce(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata,
      rules: [{
        apiGroups: ['policy.cert-manager.io'], resources: ['certificaterequestpolicies'], verbs: ['use'],
        resourceNames: Lazy.any({ produce: () => this.policyNames }),
      }],
    }));
    clusterScoped(new RenderedOnce(this, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: serviceAccountNamespace }],
    }));
  }
}
