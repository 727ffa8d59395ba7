import type { ApiObjectMetadata, Duration } from 'cdk8s';

/** Where Argo CD finds the manifests. */
export interface ArgoCdSource {
  /** Address of the Git repository, for example `https://git.example.com/platform/databases.git`. */
  readonly repoUrl: string;

  /** Folder of the manifests, relative to the root of the repository, for example `dist`. */
  readonly path: string;

  /**
   * Branch, tag or commit.
   *
   * @default HEAD
   */
  readonly targetRevision?: string;

  /**
   * Whether folders below are read as well, for `YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE`.
   *
   * @default false
   */
  readonly recurse?: boolean;

  /**
   * Pattern of the files that are read, for example `orders.k8s.yaml`: an Application for each chart of one folder.
   *
   * @default - every manifest of the folder
   */
  readonly include?: string;
}

/** The cluster and namespace that Argo CD applies to. */
export interface ArgoCdDestination {
  /**
   * Address of the API server.
   *
   * @default https://kubernetes.default.svc, unless `name` is set
   */
  readonly server?: string;

  /**
   * Name of the cluster in Argo CD, in place of its address.
   *
   * @default - the cluster is found by its address
   */
  readonly name?: string;

  /**
   * Namespace of objects that have none.
   *
   * @default - none: the manifests of this package name theirs
   */
  readonly namespace?: string;
}

/** Sync without a person. An empty folder never deletes all objects: `allowEmpty` is not offered. */
export interface ArgoCdAutomatedSync {
  /**
   * Whether objects that are no longer in Git are deleted. Protect databases with `ArgoCd.protect` first.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Whether objects that were changed in the cluster are set back.
   *
   * @default false
   */
  readonly selfHeal?: boolean;
}

/** How often a sync that failed is tried again. */
export interface ArgoCdRetry {
  /**
   * Number of attempts, or -1 for no limit.
   *
   * @default 5
   */
  readonly limit?: number;

  /**
   * Wait before the second attempt.
   *
   * @default Duration.seconds(5)
   */
  readonly backoff?: Duration;

  /**
   * What the wait is multiplied by after each attempt.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * Longest wait.
   *
   * @default Duration.minutes(3)
   */
  readonly maxBackoff?: Duration;
}

/** Options of every sync of an Application. `Replace` and `Force` are not offered: they delete and recreate objects. */
export interface ArgoCdSyncOptions {
  /**
   * Server-side apply: the fields of this package belong to Argo CD, and those of others stay.
   *
   * @default true
   */
  readonly serverSideApply?: boolean;

  /**
   * Whether the namespace of the destination is created. A Namespace among the manifests has labels as well, such as those of Pod Security.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether objects are deleted after all others have been applied and are healthy.
   *
   * @default true
   */
  readonly pruneLast?: boolean;

  /**
   * Whether only objects that differ are applied: for Applications with thousands of objects.
   *
   * @default false
   */
  readonly applyOutOfSyncOnly?: boolean;

  /**
   * Whether a sync fails if another Application has applied one of the objects.
   *
   * @default true
   */
  readonly failOnSharedResource?: boolean;
}

/** Properties of an ArgoCdApplication. */
export interface ArgoCdApplicationProps {
  /**
   * Metadata of the object. Argo CD reads Applications of its own namespace only, unless it is configured for others.
   *
   * @default - the construct id as name, namespace `argocd`
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the manifests are. */
  readonly source: ArgoCdSource;

  /**
   * Cluster and namespace.
   *
   * @default - the cluster in which Argo CD runs
   */
  readonly destination?: ArgoCdDestination;

  /**
   * Project of Argo CD.
   *
   * @default default
   */
  readonly project?: string;

  /**
   * Sync without a person.
   *
   * @default - a person starts each sync
   */
  readonly automated?: ArgoCdAutomatedSync;

  /**
   * Options of every sync.
   *
   * @default - server-side apply, deletion last, no objects of other Applications
   */
  readonly syncOptions?: ArgoCdSyncOptions;

  /**
   * How often a sync that failed is tried again. With sync waves a sync fails when cert-manager has seen a Certificate and not yet requested it.
   *
   * @default - five times
   */
  readonly retry?: ArgoCdRetry;

  /**
   * Whether the deletion of the Application deletes its objects, databases included.
   *
   * @default false
   */
  readonly deletesObjects?: boolean;
}
