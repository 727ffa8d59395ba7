import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { durationFault, folderFault, nameFault } from './faults';
import { type FluxGitRepositoryProps, GitReference } from './flux-git-repository-props';
import type { IFluxSource } from './flux-references';
import { refuse } from './refuse';
import { checkArguments } from '../checks';
import { formatGoDuration } from '../formats';
import { RenderedOnce, TreeValidation } from '../verification';

const HOUR = 3_600_000;

/**
 * A GitRepository of Flux: where the committed manifests are.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class FluxGitRepository extends Construct implements IFluxSource {
  /**
   * Refers to a GitRepository that this app does not declare, such as that of `flux bootstrap`.
   *
   * @throws if a name is not that of an object
   */
  public static fromGitRepositoryName(scope: Construct, id: string, name: string, namespace?: string): IFluxSource {
    checkArguments('FluxGitRepository.fromGitRepositoryName', scope, id, name, namespace);
    return new ReferencedGitRepository(scope, id, name, namespace);
  }

  public readonly sourceKind = 'GitRepository';
  public readonly sourceName: string;
  public readonly sourceNamespace?: string;

  /** @throws if a property cannot be what Flux reads */
  public constructor(scope: Construct, id: string, props: FluxGitRepositoryProps) {
    checkArguments('FluxGitRepository', scope, id, props);
    super(scope, id);
    refuse(this, faultsOf(props));
    const { metadata, url, reference = GitReference.branch('main'), interval = Duration.minutes(1), timeout = Duration.seconds(60), secret, folders = [] } = props;
    const object = new RenderedOnce(this, 'Resource', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: id, namespace: 'flux-system', ...metadata },
      spec: {
        url,
        ref: { ...reference._ref },
        interval: formatGoDuration(interval),
        timeout: formatGoDuration(timeout),
        ...secret === undefined ? {} : { secretRef: { name: secret.name } },
        ...folders.length === 0 ? {} : { sparseCheckout: [...folders] },
      },
    });
    this.sourceName = object.name;
    this.sourceNamespace = object.metadata.namespace;
    TreeValidation.of(this);
  }
}

class ReferencedGitRepository extends Construct implements IFluxSource {
  public readonly sourceKind = 'GitRepository';

  public constructor(scope: Construct, id: string, public readonly sourceName: string, public readonly sourceNamespace: string | undefined) {
    super(scope, id);
    refuse(this, [nameFault('name', sourceName), nameFault('namespace', sourceNamespace)]);
  }
}

function faultsOf({ url, interval, timeout, folders = [] }: FluxGitRepositoryProps): Array<string | undefined> {
  return [
    // Source: the schema of GitRepository; git's short form of SSH addresses is not accepted.
    /^(https?|ssh):\/\/[^\s]+$/.test(url) ? undefined : `url '${url}' is not what Flux reads; give https://HOST/PATH or ssh://USER@HOST/PATH`,
    durationFault('interval', interval),
    durationFault('timeout', timeout),
    timeout !== undefined && timeout.toMilliseconds({ integral: false }) >= HOUR ? 'timeout is an hour or more, which the schema of GitRepository refuses; give less' : undefined,
    ...folders.map((folder, index) => folderFault(`folders[${index}]`, folder)),
  ];
}
