import { Chart, Duration } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CertificateProps } from './certificate-props';
import { renderCertificateSpec } from './certificate-spec';
import { ICertificate, IIssuer } from './issuer-ref';
import { renewBefore } from './renew-before';
import { certificateSecretKeys } from './secret-keys';
import { checkArguments } from '../checks';
import { evaluateRules, ISSUER_IN_OTHER_NAMESPACE, issuerElsewhere, type Violation } from '../rules';
import { DeclaredCertificates, RenderedOnce, TreeValidation } from '../verification';
import { Certificate as CertificateObject } from '../../imports/cert-manager.io';

/**
 * A cert-manager Certificate, and the Secret that cert-manager writes for it.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct implements ICertificate {
  /**
   * Refers to a Secret in the same namespace that this app does not create and that contains `tls.crt`, `tls.key` and `ca.crt`.
   */
  public static fromSecretName(scope: Construct, id: string, secretName: string): ICertificate {
    checkArguments('Certificate.fromSecretName', scope, id, secretName);
    return new SecretCertificate(scope, id, secretName);
  }

  public readonly secretName: string;
  public readonly secretNamespace?: string;
  public readonly secretKeys: string[];
  public readonly certificateName?: string;
  public readonly issuer?: IIssuer;
  public readonly renewBefore?: Duration;

  public constructor(scope: Construct, id: string, props: CertificateProps) {
    checkArguments('Certificate', scope, id, props);
    super(scope, id);
    const name = props.metadata?.name ?? id;
    this.secretName = props.secretName ?? name;
    this.secretKeys = certificateSecretKeys(props);
    this.issuer = props.issuer;
    this.renewBefore = renewBefore(props);
    const object = new RenderedOnce(this, 'Resource', {
      ...CertificateObject.manifest({ metadata: { name, ...props.metadata }, spec: renderCertificateSpec(props, this.secretName) }),
    });
    this.certificateName = object.name;
    this.secretNamespace = object.metadata.namespace;
    DeclaredCertificates.of(this).add({ object, issuer: props.issuer });
    TreeValidation.of(this).add(this, () => this.checkReference(props.issuer));
  }

  /** The Secret, for use in cdk8s-plus volumes and environment variables. */
  public get secret(): ISecret {
    return (this.node.tryFindChild('Secret') as ISecret | undefined) ?? Secret.fromSecretName(this, 'Secret', this.secretName);
  }

  /** For an issuer of the app, a rule checks the manifest; the namespace of a referenced issuer is known only here. */
  private checkReference(issuer: IIssuer | undefined): Violation[] {
    const { secretNamespace: namespace } = this;
    if (issuer === undefined || issuer.isOwned === true || issuer.issuerNamespace === undefined || namespace === undefined || issuer.issuerNamespace === namespace) { return []; }
    const problem = issuerElsewhere(issuer.issuerName, issuer.issuerNamespace, namespace);
    return evaluateRules([{ ...ISSUER_IN_OTHER_NAMESPACE, check: (_, report) => { report('issuer', problem); } }], this);
  }
}

class SecretCertificate extends Construct implements ICertificate {
  public readonly secretNamespace?: string;
  public readonly secretKeys = ['ca.crt', 'tls.crt', 'tls.key'];

  public constructor(scope: Construct, id: string, public readonly secretName: string) {
    super(scope, id);
    this.secretNamespace = Chart.of(this).namespace;
  }
}
