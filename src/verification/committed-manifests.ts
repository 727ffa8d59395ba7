import { resolve } from 'node:path';
import { checkArguments } from '../checks';
import { Manifest } from '../kubernetes';
import { folderTexts, isFolder, isThere, readManifests, revisionTexts } from '../reading';

/** The currently applied manifests, as an earlier synthesis wrote them: the baseline for rules about changes. */
export class CommittedManifests {
  /**
   * The YAML files of a folder and its subfolders.
   *
   * Do not use the output folder of the synthesis: it holds the manifests of the last run, not the currently applied ones.
   *
   * @param folder path of the folder
   * @throws if the folder or a file in it cannot be read, or if no manifest is found
   */
  public static fromFolder(folder: string): CommittedManifests {
    checkArguments('CommittedManifests.fromFolder', folder);
    demandFolder(folder);
    return CommittedManifests.some(`folder '${folder}'`, folderTexts(folder));
  }

  /**
   * The YAML files of a folder in a revision of its git repository.
   *
   * @param folder path of the folder in the working tree
   * @param revision the revision that is currently applied, for example the branch `origin/main`
   * @throws if git cannot read the folder or the revision, or if no manifest is found
   */
  public static fromGit(folder: string, revision: string = 'HEAD'): CommittedManifests {
    checkArguments('CommittedManifests.fromGit', folder, revision);
    demandFolder(folder);
    return CommittedManifests.some(`folder '${folder}' at ${revision}`, revisionTexts(folder, revision));
  }

  /**
   * YAML texts.
   *
   * @param texts the texts by the name that messages use for them
   * @throws if a text is not valid YAML, or if no manifest is found
   */
  public static fromTexts(texts: { [name: string]: string }): CommittedManifests {
    checkArguments('CommittedManifests.fromTexts', texts);
    return CommittedManifests.some('the committed texts', Object.entries(texts));
  }

  /** Nothing has been deployed yet. */
  public static none(): CommittedManifests {
    return new CommittedManifests('an empty set of manifests', []);
  }

  /** An empty source is an error, because every comparison with it would pass. */
  private static some(description: string, texts: ReadonlyArray<readonly [string, string]>): CommittedManifests {
    const objects = texts.flatMap(([name, yaml]) => readManifests(name, yaml));
    if (objects.length === 0) { throw new Error(`no manifests found in ${description}; use CommittedManifests.none() if nothing has been deployed yet`); }
    return new CommittedManifests(description, objects);
  }

  private constructor(
    /** Source of the manifests, for messages. */
    public readonly description: string,
    /** @internal */
    public readonly _objects: ReadonlyArray<Manifest>,
  ) {}

  /** Source of the manifests. */
  public toString(): string {
    return this.description;
  }
}

function demandFolder(folder: string): void {
  if (folder !== '' && isFolder(folder)) { return; }
  const shown = folder === '' ? '' : resolve(folder).replaceAll('\0', '\\0');
  throw new Error(`committed manifests: folder '${shown}' ${folder !== '' && isThere(folder) ? 'is a file; use a folder' : 'does not exist; use an existing one'}, or CommittedManifests.none() if nothing has been deployed yet`);
}
