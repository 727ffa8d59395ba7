import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';

/** What of a Git repository is checked out. */
export class GitReference {
  /** The newest commit of a branch. */
  public static branch(name: string): GitReference {
    checkArguments('GitReference.branch', name);
    return GitReference.of('branch', name, 'main');
  }

  /** A tag. */
  public static tag(name: string): GitReference {
    checkArguments('GitReference.tag', name);
    return GitReference.of('tag', name, 'v1.0.0');
  }

  /** The newest tag in a range of semantic versions, for example `>=1.0.0 <2.0.0`. */
  public static semver(range: string): GitReference {
    checkArguments('GitReference.semver', range);
    return GitReference.of('semver', range, '1.x');
  }

  /**
   * One commit.
   *
   * @throws unless it has 40 hexadecimal digits
   */
  public static commit(sha: string): GitReference {
    checkArguments('GitReference.commit', sha);
    if (!/^[0-9a-f]{40}$/.test(sha)) { throw new Error(`GitReference.commit: '${sha}' is not the hash of a commit; give its 40 hexadecimal digits, in lower case`); }
    return new GitReference({ commit: sha });
  }

  private static of(kind: string, name: string, example: string): GitReference {
    if (name === '' || name.trim() !== name) { throw new Error(`GitReference.${kind}: '${name}' is empty or has spaces around it; give for example '${example}'`); }
    return new GitReference({ [kind]: name });
  }

  /** @internal */
  private constructor(public readonly _ref: Readonly<Record<string, string>>) {}
}

/** Properties of a FluxGitRepository. */
export interface FluxGitRepositoryProps {
  /**
   * Metadata of the object.
   *
   * @default - the construct id as name, namespace `flux-system`
   */
  readonly metadata?: ApiObjectMetadata;

  /** Address of the repository: `https://` or `ssh://`. */
  readonly url: string;

  /**
   * What is checked out.
   *
   * @default GitReference.branch('main')
   */
  readonly reference?: GitReference;

  /**
   * How often Flux looks for changes.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * Longest duration of one Git operation: less than an hour.
   *
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;

  /**
   * Secret with the credentials, in the same namespace: `username` and `password`, `bearerToken`, or `identity` and `known_hosts`.
   *
   * @default - none
   */
  readonly secret?: ISecret;

  /**
   * Folders that are checked out, relative to the root.
   *
   * @default - all
   */
  readonly folders?: string[];
}
