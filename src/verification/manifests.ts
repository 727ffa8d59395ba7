import { requireWarning } from './acknowledgement';
import { finding, inOrder } from './report';
import { ruleContextOf } from './rule-context-of';
import type { ManifestValidationOptions } from './validation-options';
import { checkArguments } from '../checks';
import { type Manifest, toManifest } from '../kubernetes';
import { readManifests, readText } from '../reading';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, Finding } from '../rules';

/** Placeholder for findings about the options of a validation. */
const NO_MANIFEST = toManifest('acknowledgements', {});

/** Manifests from any source, for the same rules: they are evaluated together, as if they were applied together. */
export class Manifests {
  /**
   * Manifests in YAML files.
   *
   * @param files paths of the files
   * @throws if a file cannot be read or is not valid YAML
   */
  public static fromFiles(files: string[]): Manifests {
    checkArguments('Manifests.fromFiles', files);
    return Manifests.fromYaml(Object.fromEntries(files.map((file) => [file, readText(file)])));
  }

  /**
   * Manifests in YAML texts.
   *
   * @param texts the texts by the name that findings use for them
   * @throws if a text is not valid YAML
   */
  public static fromYaml(texts: { [name: string]: string }): Manifests {
    checkArguments('Manifests.fromYaml', texts);
    return new Manifests(Object.entries(texts).flatMap(([name, yaml]) => readManifests(name, yaml)));
  }

  private constructor(private readonly objects: ReadonlyArray<Manifest>) {}

  /**
   * All findings: errors first, then warnings, including acknowledged ones.
   *
   * @param options facts about the cluster, the deployed manifests, and acknowledgements
   * @throws if an acknowledgement has an unknown code, the code of an error or an empty reason
   */
  public validate(options: ManifestValidationOptions = {}): Finding[] {
    checkArguments('Manifests#validate', options);
    const { acknowledgements = [] } = options;
    for (const [index, { code, reason }] of acknowledgements.entries()) { requireWarning(`Manifests: acknowledgements[${index}]: `, code, reason); }
    const located = evaluateAll(ruleContextOf(this.objects, options));
    const stale = acknowledgements.flatMap(({ code, reason, path }) => evaluateRules(ACKNOWLEDGEMENT_RULES, {
      code, reason, occurs: located.some(({ at, violation }) => violation.code === code && at.path === (path ?? at.path)),
    }));
    const reasonFor = (code: string, path: string) =>
      acknowledgements.find((acknowledgement) => acknowledgement.code === code && (acknowledgement.path ?? path) === path)?.reason;
    const found = [...located, ...stale.map((violation) => ({ at: NO_MANIFEST, violation }))]
      .map(({ at, violation }) => finding(at.path, violation, reasonFor(violation.code, at.path)));
    return inOrder(found, () => this.objects.map(({ path }) => path));
  }
}
