import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Judged } from './private/judged';
import { readManifests } from './private/yaml-documents';
import { checkArguments } from '../checks/check-arguments';

/** The manifests that are in force, as an earlier synthesis wrote them: what a change is compared with. */
export class CommittedManifests {
  /**
   * The YAML files of a folder and of the folders in it.
   *
   * Mind that the folder must not be the one that every synthesis writes to: what was written a minute ago is not in force.
   */
  public static fromFolder(folder: string): CommittedManifests {
    checkArguments('CommittedManifests.fromFolder', folder);
    demandFolder(folder);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isYaml).sort();
    return CommittedManifests.some(`folder '${folder}'`, files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  }

  /**
   * The YAML files of a folder as a revision of its git repository has them.
   *
   * @param folder the folder, as it is in the working tree
   * @param revision what is in force: the branch that is applied, for example `origin/main`
   */
  public static fromGit(folder: string, revision: string = 'HEAD'): CommittedManifests {
    checkArguments('CommittedManifests.fromGit', folder, revision);
    demandFolder(folder);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
    const files = git('ls-tree', '-r', '-z', '--name-only', revision, '.').split('\0').filter(isYaml);
    return CommittedManifests.some(`folder '${folder}' at ${revision}`, files.map((file) => [file, git('show', `${revision}:./${file}`)]));
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
    public readonly _objects: ReadonlyArray<Judged>,
  ) {}

  /** Where they are from. */
  public toString(): string {
    return this.description;
  }
}

function demandFolder(folder: string): void {
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    throw new Error(`committed manifests: folder '${resolve(folder)}' does not exist; give one that does, or CommittedManifests.none() where nothing is in force yet`);
  }
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}
