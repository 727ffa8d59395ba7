import { AcmeIngress } from './acme-ingress';
import {
  AcmeDns01Options, AcmeGatewayReference, AcmeHttp01GatewayOptions, AcmeHttp01IngressOptions, AcmeSolverOptions,
} from './acme-solver-options';
import { Dns01Provider } from './dns01-provider';
import { checkArguments, objectName } from '../../checks';
import { formatGoDuration } from '../../formats';
import type { IssuerSpecAcmeSolvers, IssuerSpecAcmeSolversDns01 } from '../../../imports/cert-manager.io';

/** An ACME solver: proves control of names with HTTP01 or DNS01 challenges. */
export class AcmeSolver {
  /** HTTP01 through an Ingress. Not for wildcards; the ACME server must reach the Ingress on port 80. */
  public static http01Ingress(options: AcmeHttp01IngressOptions = {}): AcmeSolver {
    checkArguments('AcmeSolver.http01Ingress', options);
    const ingress = (options.ingress ?? AcmeIngress.ofDefaultClass())._toSpec();
    return new AcmeSolver({ http01: { ingress: { ...ingress, serviceType: options.serviceType } } }, options);
  }

  /** HTTP01 through a Gateway. Not for wildcards; the ACME server must reach the Gateway on port 80. */
  public static http01Gateway(options: AcmeHttp01GatewayOptions = {}): AcmeSolver {
    checkArguments('AcmeSolver.http01Gateway', options);
    const { labels, serviceType } = options;
    return new AcmeSolver({ http01: { gatewayHttpRoute: { parentRefs: options.parents?.map(parentRef), labels, serviceType } } }, options);
  }

  /**
   * DNS01 with a TXT record. Also for wildcards, but not for IP addresses.
   *
   * @param provider the DNS provider that writes the record
   * @param options names that the solver is used for, and handling of a CNAME
   */
  public static dns01(provider: Dns01Provider, options: AcmeDns01Options = {}): AcmeSolver {
    checkArguments('AcmeSolver.dns01', provider, options);
    const spec = { ...provider._toSpec(), cnameStrategy: options.cnameStrategy } as unknown as IssuerSpecAcmeSolversDns01;
    return new AcmeSolver({ dns01: spec }, options);
  }

  private constructor(private readonly challenge: IssuerSpecAcmeSolvers, private readonly options: AcmeSolverOptions) {}

  /** @internal */
  public _toSpec(): IssuerSpecAcmeSolvers {
    const { selector, waitInsteadOfSelfCheck } = this.options;
    return {
      ...this.challenge,
      selector: selector && { ...selector },
      waitInsteadOfSelfCheck: waitInsteadOfSelfCheck && formatGoDuration(waitInsteadOfSelfCheck),
    };
  }
}

/** The API server would set the defaults of kind and group, and GitOps tools would report drift. */
function parentRef({ name, kind = 'Gateway', group = 'gateway.networking.k8s.io', namespace, sectionName, port }: AcmeGatewayReference) {
  return { group, kind, name: objectName('acme gateway parent', 'name', name), namespace, sectionName, port };
}
