import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { durationFault, folderFault, nameFault, textFault } from './faults';
import type { FluxHealthCheck } from './flux-health';
import { FluxDeletionPolicy, type FluxKustomizationProps } from './flux-kustomization-props';
import type { IFluxKustomization } from './flux-references';
import { refuse } from './refuse';
import { checkArguments } from '../checks';
import { duplicates } from '../data';
import { formatGoDuration } from '../formats';
import { RenderedOnce, TreeValidation } from '../verification';

/**
 * A Kustomization of Flux for manifests that an app of cdk8s has written and that are committed to Git.
 *
 * The defaults protect data: nothing is pruned, and the deletion of the Kustomization deletes no object.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxKustomization extends Construct implements IFluxKustomization {
  /**
   * Refers to a Kustomization that this app does not declare, for `dependsOn`.
   *
   * @throws if a name is not that of an object
   */
  public static fromKustomizationName(scope: Construct, id: string, name: string, namespace?: string): IFluxKustomization {
    checkArguments('FluxKustomization.fromKustomizationName', scope, id, name, namespace);
    return new ReferencedKustomization(scope, id, name, namespace);
  }

  public readonly kustomizationName: string;
  public readonly kustomizationNamespace?: string;

  /** @throws if a property cannot be what Flux reads */
  public constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    checkArguments('FluxKustomization', scope, id, props);
    super(scope, id);
    refuse(this, faultsOf(props));
    const { metadata, prune = false, deletionPolicy = FluxDeletionPolicy.ORPHAN, suspend } = props;
    const namespace = metadata?.namespace ?? 'flux-system';
    const object = new RenderedOnce(this, 'Resource', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: id, ...metadata, namespace },
      spec: {
        ...orderOf(props, namespace),
        interval: formatGoDuration(props.interval ?? Duration.minutes(10)),
        retryInterval: formatGoDuration(props.retryInterval ?? Duration.minutes(1)),
        timeout: formatGoDuration(props.timeout ?? Duration.minutes(5)),
        ...contentOf(props, namespace),
        prune,
        deletionPolicy,
        // The API server's default, written out so that what is applied comes back as it was.
        force: false,
        ...suspend === true ? { suspend } : {},
        ...healthOf(props),
      },
    });
    this.kustomizationName = object.name;
    this.kustomizationNamespace = object.metadata.namespace;
    TreeValidation.of(this);
  }
}

class ReferencedKustomization extends Construct implements IFluxKustomization {
  public constructor(scope: Construct, id: string, public readonly kustomizationName: string, public readonly kustomizationNamespace: string | undefined) {
    super(scope, id);
    refuse(this, [nameFault('name', kustomizationName), nameFault('namespace', kustomizationNamespace)]);
  }
}

function orderOf({ dependsOn = [] }: FluxKustomizationProps, namespace: string): object {
  return dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map(({ kustomizationName: name, kustomizationNamespace: other }) => ({ name, ...elsewhere(other, namespace) })) };
}

function contentOf({ source, path = './', targetNamespace, serviceAccountName }: FluxKustomizationProps, namespace: string): object {
  return {
    sourceRef: { kind: source.sourceKind, name: source.sourceName, ...elsewhere(source.sourceNamespace, namespace) },
    path,
    ...targetNamespace === undefined ? {} : { targetNamespace },
    ...serviceAccountName === undefined ? {} : { serviceAccountName },
  };
}

function healthOf({ wait, healthChecks = [], healthExpressions = [] }: FluxKustomizationProps): object {
  return {
    wait: wait ?? healthChecks.length === 0,
    ...healthChecks.length === 0 ? {} : { healthChecks: healthChecks.map(healthCheckOf) },
    ...healthExpressions.length === 0 ? {} : { healthCheckExprs: healthExpressions.map(({ _options }) => ({ ..._options })) },
  };
}

function healthCheckOf({ apiVersion, kind, name, namespace }: FluxHealthCheck): object {
  return { apiVersion, kind, name, ...namespace === undefined ? {} : { namespace } };
}

function elsewhere(other: string | undefined, namespace: string): { readonly namespace?: string } {
  return other === undefined || other === namespace ? {} : { namespace: other };
}

function faultsOf(props: FluxKustomizationProps): Array<string | undefined> {
  const { source, path = './', healthChecks = [], healthExpressions = [], dependsOn = [], wait, prune = false, deletionPolicy } = props;
  const kinds = duplicates(healthExpressions.map(({ _options: { apiVersion, kind } }) => `${apiVersion} ${kind}`));
  const names = duplicates(dependsOn.map(({ kustomizationName, kustomizationNamespace }) => `${kustomizationNamespace ?? ''}/${kustomizationName}`));
  return [
    nameFault('source.sourceName', source.sourceName),
    folderFault('path', path),
    durationFault('interval', props.interval),
    durationFault('retryInterval', props.retryInterval),
    durationFault('timeout', props.timeout),
    nameFault('targetNamespace', props.targetNamespace),
    nameFault('serviceAccountName', props.serviceAccountName),
    wait === true && healthChecks.length > 0 ? 'healthChecks is set and wait is true, so that Flux ignores healthChecks; leave one of them out' : undefined,
    wait === false && healthExpressions.length > 0 && healthChecks.length === 0 ? 'healthExpressions is set and nothing is waited for; set wait to true, or give healthChecks' : undefined,
    !prune && deletionPolicy === FluxDeletionPolicy.MIRROR_PRUNE ? 'deletionPolicy is MirrorPrune and prune is not set, so that it is Orphan; write FluxDeletionPolicy.ORPHAN' : undefined,
    ...healthChecks.flatMap(({ apiVersion, kind, name, namespace }, index) => [
      textFault(`healthChecks[${index}].apiVersion`, apiVersion, 'apps/v1'),
      textFault(`healthChecks[${index}].kind`, kind, 'StatefulSet'),
      nameFault(`healthChecks[${index}].name`, name),
      nameFault(`healthChecks[${index}].namespace`, namespace),
    ]),
    ...kinds.map((kind) => `healthExpressions has ${kind} twice; give one expression for a kind`),
    ...names.map((name) => `dependsOn has '${name.replace(/^\//, '')}' twice; remove one of them`),
  ];
}
