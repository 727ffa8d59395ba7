import { ApiObject, ApiObjectMetadata, Chart, Lazy } from 'cdk8s';
import { Construct, Dependable, IDependable } from 'constructs';
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
 * It may be created before or after the Certificate constructs: within a chart, the policies are written before the Certificates, because a request
 * that only meets the policies of other Certificates is denied, and cert-manager retries after an hour. For Certificates in other charts, apply its
 * chart first. cert-manager must run without its own approver, which approves every request.
 *
 * @see https://cert-manager.io/docs/policy/approval/approver-policy/
 */
export class CertificateRequestPolicies extends Construct {
  /** The policies by their names. */
  private readonly policies = new Map<string, ApiObject>();

  private readonly metadata: ApiObjectMetadata;

  public constructor(scope: Construct, id: string, props: CertificateRequestPoliciesProps = {}) {
    checkArguments('CertificateRequestPolicies', scope, id, props);
    super(scope, id);
    const { labels, annotations } = props.metadata ?? {};
    this.metadata = { ...(labels && { labels: { ...labels } }), ...(annotations && { annotations: { ...annotations } }) };
    const binding = this.bind(props);
    const issuers = props.issuers && new Set(props.issuers.map((issuer) => formatIssuerIdentities([issuer])));
    DeclaredCertificates.of(this).forEach((certificate) => {
      return issuers === undefined || issuers.has(formatIssuerIdentities([certificate.issuer])) ? this.allow(certificate, binding) : undefined;
    });
    TreeValidation.of(this);
  }

  /** Names of the policies for the Certificates that have been created so far. */
  public get policyNames(): string[] {
    return [...this.policies.keys()];
  }

  /** The policies that there are when a chart is written: constructs has no way to remove a dependency. */
  private dependencyOnPolicies(): IDependable {
    const { policies } = this;
    const dependable: IDependable = {};
    Dependable.implement(dependable, { get dependencyRoots() { return [...policies.values()]; } });
    return dependable;
  }

  /** Adds the policy of a Certificate, and returns what removes it. */
  private allow({ object }: DeclaredCertificate, binding: ApiObject): () => void {
    const { name, namespace } = object.metadata;
    // A namespace has no dots, so the names of two Certificates cannot collide.
    const policy = namespace === undefined ? name! : `${namespace}.${name}`;
    this.policies.set(policy, clusterScoped(new RenderedOnce(this, policy, {
      apiVersion: 'policy.cert-manager.io/v1alpha1',
      kind: 'CertificateRequestPolicy',
      metadata: { ...this.metadata, name: policy },
      // Rendered lazily, so that it includes later changes of the Certificate.
      spec: Lazy.any({ produce: () => certificateRequestPolicySpec(object.toJson()) }),
    })));
    // cdk8s writes the objects of a chart in the order of their dependencies. A dependency between charts would rename their files.
    if (Chart.of(object) === Chart.of(this)) { object.addDependency(binding); }
    return () => {
      this.node.tryRemoveChild(policy);
      this.policies.delete(policy);
    };
  }

  private bind({ metadata: { name } = {}, serviceAccountName = 'cert-manager', serviceAccountNamespace = 'cert-manager' }: CertificateRequestPoliciesProps): ApiObject {
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
    const binding = clusterScoped(new RenderedOnce(this, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: serviceAccountNamespace }],
    }));
    // Last: it puts all policies into use at once.
    binding.addDependency(role);
    role.node.addDependency(this.dependencyOnPolicies());
    return binding;
  }
}
