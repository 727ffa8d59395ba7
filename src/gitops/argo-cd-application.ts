import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ArgoCdApplicationProps, ArgoCdAutomatedSync, ArgoCdDestination, ArgoCdRetry, ArgoCdSource, ArgoCdSyncOptions } from './argo-cd-application-props';
import { durationFault, folderFault, integerFault, nameFault, textFault } from './faults';
import { refuse } from './refuse';
import { checkArguments } from '../checks';
import { formatGoDuration } from '../formats';
import { RenderedOnce, TreeValidation } from '../verification';

/** Deletes the objects before the Application. */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

const IN_CLUSTER = 'https://kubernetes.default.svc';

/**
 * An Application of Argo CD for manifests that an app of cdk8s has written and that are committed to Git.
 *
 * The defaults protect data: nothing is pruned, and the deletion of the Application deletes no object.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export class ArgoCdApplication extends Construct {
  /** Name of the Application. */
  public readonly applicationName: string;

  /** @throws if a property cannot be what Argo CD reads */
  public constructor(scope: Construct, id: string, props: ArgoCdApplicationProps) {
    checkArguments('ArgoCdApplication', scope, id, props);
    super(scope, id);
    refuse(this, faultsOf(props));
    const { metadata, source, destination = {}, project = 'default', automated, syncOptions = {}, retry = {}, deletesObjects = false } = props;
    const finalizers = [...metadata?.finalizers ?? [], ...deletesObjects ? [FINALIZER] : []];
    this.applicationName = new RenderedOnce(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: id, namespace: 'argocd', ...metadata, ...finalizers.length === 0 ? {} : { finalizers } },
      spec: {
        project,
        source: sourceOf(source),
        destination: destinationOf(destination),
        syncPolicy: {
          ...automated === undefined ? {} : { automated: automatedOf(automated) },
          syncOptions: syncOptionsOf(syncOptions),
          retry: retryOf(retry),
        },
      },
    }).name;
    TreeValidation.of(this);
  }
}

function faultsOf({ source, destination = {}, project, retry = {} }: ArgoCdApplicationProps): Array<string | undefined> {
  const { limit = 5, factor = 2, backoff, maxBackoff } = retry;
  return [
    textFault('source.repoUrl', source.repoUrl, 'https://git.example.com/platform/databases.git'),
    folderFault('source.path', source.path),
    textFault('source.targetRevision', source.targetRevision, 'main'),
    textFault('source.include', source.include, 'orders.k8s.yaml'),
    nameFault('project', project),
    destination.server !== undefined && destination.name !== undefined ? `destination has both server '${destination.server}' and name '${destination.name}'; give one of them` : undefined,
    destination.server === undefined || /^https?:\/\/[^/\s]+\/?$/.test(destination.server) ? undefined
      : `destination.server '${destination.server}' is not the address of an API server; give for example '${IN_CLUSTER}'`,
    textFault('destination.name', destination.name, 'production'),
    nameFault('destination.namespace', destination.namespace),
    integerFault('retry.limit', limit),
    limit < -1 ? `retry.limit is ${limit}; give a number of attempts, or -1 for no limit` : undefined,
    integerFault('retry.factor', factor),
    factor < 1 ? `retry.factor is ${factor}; give an integer of at least 1` : undefined,
    durationFault('retry.backoff', backoff),
    durationFault('retry.maxBackoff', maxBackoff),
  ];
}

function sourceOf({ repoUrl, path, targetRevision = 'HEAD', recurse, include }: ArgoCdSource): object {
  const directory = { ...recurse === true ? { recurse } : {}, ...include === undefined ? {} : { include } };
  return { repoURL: repoUrl, targetRevision, path, ...Object.keys(directory).length === 0 ? {} : { directory } };
}

function destinationOf({ server, name, namespace }: ArgoCdDestination): object {
  return { ...name === undefined ? { server: server ?? IN_CLUSTER } : { name }, ...namespace === undefined ? {} : { namespace } };
}

/** Argo CD drops fields that are false when it writes an Application, and would then differ from Git. Source: Argo CD, pkg/apis/application/v1alpha1/types.go, omitempty. */
function automatedOf({ prune, selfHeal }: ArgoCdAutomatedSync): object {
  return { ...prune === true ? { prune } : {}, ...selfHeal === true ? { selfHeal } : {} };
}

function syncOptionsOf(options: ArgoCdSyncOptions): string[] {
  const { serverSideApply = true, createNamespace = false, pruneLast = true, applyOutOfSyncOnly = false, failOnSharedResource = true } = options;
  const chosen: Array<readonly [boolean, string]> = [
    [serverSideApply, 'ServerSideApply'],
    [createNamespace, 'CreateNamespace'],
    [pruneLast, 'PruneLast'],
    [applyOutOfSyncOnly, 'ApplyOutOfSyncOnly'],
    [failOnSharedResource, 'FailOnSharedResource'],
  ];
  return chosen.filter(([isChosen]) => isChosen).map(([, name]) => `${name}=true`);
}

function retryOf({ limit = 5, backoff = Duration.seconds(5), factor = 2, maxBackoff = Duration.minutes(3) }: ArgoCdRetry): object {
  return { limit, backoff: { duration: formatGoDuration(backoff), factor, maxDuration: formatGoDuration(maxBackoff) } };
}
