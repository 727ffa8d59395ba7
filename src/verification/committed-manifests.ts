import { resolve } from 'node:path';
import { checkArguments } from '../checks';
import { folderTexts, isFolder, isThere, Manifest, readManifests, revisionTexts } from '../kubernetes';

/** The manifests that are in force, as an earlier synthesis wrote them: what a change is compared with. */
export class CommittedManifests {
  /**
   * The YAML files of a folder and of the folders in it.
   *
   * Mind that the folder must not be the one that every synthesis writes to: what was written a minute ago is not in force.
   *
   * @throws an error where the folder or a file in it cannot be read, and where no manifest is found
   */
  public static fromFolder(folder: string): CommittedManifests {
    checkArguments('CommittedManifests.fromFolder', folder);
    demandFolder(folder);
    return CommittedManifests.some(`folder '${folder}'`, folderTexts(folder));
  }

  /**
   * The YAML files of a folder as a revision of its git repository has them.
   *
   * @param folder the folder, as it is in the working tree
   * @param revision what is in force: the branch that is applied, for example `origin/main`
   * @throws an error where git does not know the folder or the revision, and where no manifest is found
   */
  public static fromGit(folder: string, revision: string = 'HEAD'): CommittedManifests {
    checkArguments('CommittedManifests.fromGit', folder, revision);
    demandFolder(folder);
    return CommittedManifests.some(`folder '${folder}' at ${revision}`, revisionTexts(folder, revision));
  }

  /**
   * YAML texts.
   *
   * @param texts the texts by the name that messages shall give them
   */
  public static fromTexts(texts: { [name: string]: string }): CommittedManifests {
    checkArguments('CommittedManifests.fromTexts', texts);
    return CommittedManifests.some('the committed texts', Object.entries(texts));
  }

  /** Nothing is in force yet. */
  public static none(): CommittedManifests {
    return new CommittedManifests('the manifests of nothing', []);
  }

  /** A place where nothing is found is a mistake, or every comparison would be content. */
  private static some(description: string, texts: ReadonlyArray<readonly [string, string]>): CommittedManifests {
    const objects = texts.flatMap(([name, yaml]) => readManifests(name, yaml));
    if (objects.length === 0) { throw new Error(`${description} holds no manifest to compare with; say CommittedManifests.none() where nothing is in force yet`); }
    return new CommittedManifests(description, objects);
  }

  private constructor(
    /** Where they are from, for messages. */
    public readonly description: string,
    /** @internal */
    public readonly _objects: ReadonlyArray<Manifest>,
  ) {}

  /** Where they are from. */
  public toString(): string {
    return this.description;
  }
}

function demandFolder(folder: string): void {
  if (folder !== '' && isFolder(folder)) { return; }
  const shown = folder === '' ? '' : resolve(folder).replaceAll('\0', '\\0');
  throw new Error(`committed manifests: folder '${shown}' ${folder !== '' && isThere(folder) ? 'is a file; give a folder' : 'does not exist; give one that does'}, or CommittedManifests.none() where nothing is in force yet`);
}
