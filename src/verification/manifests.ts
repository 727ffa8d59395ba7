import { type Input, inputOfManifests, inputOfPaths } from './input';
import { validateInput } from './validate-input';
import type { ManifestValidationOptions } from './validation-options';
import { checkArguments } from '../checks';
import { NotChecked, readManifests, readText } from '../reading';
import { Finding } from '../rules';

/** Manifests from any source, for the same rules: they are evaluated together. */
export class Manifests {
  /**
   * Manifests in YAML files, all of them: for callers that must not miss one.
   *
   * @param files paths of the files
   * @throws if a file cannot be read or is not valid YAML
   */
  public static fromFiles(files: string[]): Manifests {
    checkArguments('Manifests.fromFiles', files);
    return Manifests.fromYaml(Object.fromEntries(files.map((file) => [file, readText(file)])));
  }

  /**
   * Manifests in files that others wrote, for example all of a repository. Never throws: what cannot be read or is not rendered is in `notChecked`, and `validate` reports it.
   *
   * @param paths files, folders (their YAML and JSON files, and those of subfolders), patterns such as `apps/**\\/*.yaml`, and `-` for standard input
   */
  public static fromPaths(paths: string[]): Manifests {
    checkArguments('Manifests.fromPaths', paths);
    return new Manifests(inputOfPaths(paths));
  }

  /**
   * Manifests in YAML texts.
   *
   * @param texts the texts by the name that findings use for them
   * @throws if a text is not valid YAML
   */
  public static fromYaml(texts: { [name: string]: string }): Manifests {
    checkArguments('Manifests.fromYaml', texts);
    const entries = Object.entries(texts);
    return new Manifests(inputOfManifests(entries.flatMap(([name, yaml]) => readManifests(name, yaml).map((manifest) => ({ ...manifest, file: name }))), entries.length));
  }

  private constructor(private readonly input: Input) {}

  /** Number of manifests that are checked. */
  public get count(): number {
    return this.input.manifests.length;
  }

  /** Number of files or texts, including those that could not be read. */
  public get files(): number {
    return this.input.files;
  }

  /** What was not checked, and why: for each file one entry for each reason. */
  public get notChecked(): NotChecked[] {
    return [...this.input.notChecked];
  }

  /**
   * All findings: errors first, then warnings, including acknowledged ones.
   *
   * @param options facts about the cluster, the deployed manifests, the selected rules, and acknowledgements
   * @throws if an option names an unknown rule, or if an acknowledgement is of an error, has an empty reason or an invalid date
   */
  public validate(options: ManifestValidationOptions = {}): Finding[] {
    checkArguments('Manifests#validate', options);
    return validateInput(this.input, options, { place: 'Manifests: ', now: new Date() });
  }
}
