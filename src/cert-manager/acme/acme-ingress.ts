import { checkArguments, objectName, requireText } from '../../checks';
import type { IssuerSpecAcmeSolversHttp01Ingress } from '../../../imports/cert-manager.io';

/** What a new Ingress carries beside its rules. */
export interface AcmeIngressTemplate {
  /** @default - none */
  readonly labels?: { readonly [name: string]: string };
  /** @default - none */
  readonly annotations?: { readonly [name: string]: string };
}

/** The Ingress by which the page of an HTTP01 challenge is reached. */
export class AcmeIngress {
  /** A new Ingress of the cluster's default class. */
  public static ofDefaultClass(template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofDefaultClass', template);
    return new AcmeIngress({ ingressTemplate: metadata(template) });
  }

  /**
   * A new Ingress of a class.
   *
   * @param ingressClassName name of the IngressClass
   * @param template what the Ingress carries beside its rules
   */
  public static ofClass(ingressClassName: string, template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofClass', ingressClassName, template);
    return new AcmeIngress({ ingressClassName: objectName('acme ingress', 'ingressClassName', ingressClassName), ingressTemplate: metadata(template) });
  }

  /**
   * A new Ingress with the annotation `kubernetes.io/ingress.class`, for controllers that know no IngressClass.
   *
   * @param ingressClass value of the annotation, for example `azure/application-gateway`
   * @param template what the Ingress carries beside its rules
   */
  public static ofClassAnnotation(ingressClass: string, template: AcmeIngressTemplate = {}): AcmeIngress {
    checkArguments('AcmeIngress.ofClassAnnotation', ingressClass, template);
    return new AcmeIngress({ class: requireText('acme ingress', 'class', ingressClass), ingressTemplate: metadata(template) });
  }

  /**
   * An Ingress that exists; cert-manager adds the rule to it and takes it out again.
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
