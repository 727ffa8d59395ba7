import { checkArguments, objectName, requireText } from '../../checks';
import type { IssuerSpecAcmeSolversHttp01Ingress } from '../../../imports/cert-manager.io';

/** Metadata of a new Ingress. */
export interface AcmeIngressTemplate {
  /**
   * Labels of the Ingress.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations of the Ingress.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** The Ingress through which an ACME server reaches the HTTP01 challenge. */
export class AcmeIngress {
  /** A new Ingress of the default IngressClass of the cluster. */
  public static ofDefaultClass(template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofDefaultClass', template);
    return new AcmeIngress({ ingressTemplate: metadata(template) });
  }

  /**
   * A new Ingress of an IngressClass.
   *
   * @param ingressClassName name of the IngressClass
   * @param template labels and annotations of the Ingress
   */
  public static ofClass(ingressClassName: string, template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofClass', ingressClassName, template);
    return new AcmeIngress({ ingressClassName: objectName('acme ingress', 'ingressClassName', ingressClassName), ingressTemplate: metadata(template) });
  }

  /**
   * A new Ingress with the annotation `kubernetes.io/ingress.class`, for controllers that do not support IngressClass.
   *
   * @param ingressClass value of the annotation, for example `azure/application-gateway`
   * @param template labels and annotations of the Ingress
   */
  public static ofClassAnnotation(ingressClass: string, template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofClassAnnotation', ingressClass, template);
    return new AcmeIngress({ class: requireText('acme ingress', 'class', ingressClass), ingressTemplate: metadata(template) });
  }

  /**
   * An existing Ingress; cert-manager adds a rule to it and removes the rule after the challenge.
   *
   * @param ingressName name of the Ingress, in the namespace of the Certificate
   */
  public static existing(ingressName: string): AcmeIngress {
    checkArguments('AcmeIngress.existing', ingressName);
    return new AcmeIngress({ name: objectName('acme ingress', 'name', ingressName) });
  }

  private constructor(private readonly spec: IssuerSpecAcmeSolversHttp01Ingress) {}

  /** @internal */
  public _toSpec(): IssuerSpecAcmeSolversHttp01Ingress {
    return this.spec;
  }
}

function metadata({ labels, annotations }: AcmeIngressTemplate) {
  return labels === undefined && annotations === undefined ? undefined : { metadata: { labels, annotations } };
}
