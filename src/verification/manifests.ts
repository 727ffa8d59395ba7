import { warningNamed, type PlacedAcknowledgement } from './acknowledgement';
import { evaluate } from './evaluate';
import { Place } from './place';
import { ruleContextOf } from './rule-context-of';
import type { Acknowledgement, ManifestValidationOptions } from './validation-options';
import { checkArguments } from '../checks';
import { memoizeByObject } from '../data';
import type { Manifest } from '../kubernetes';
import { readManifests, readText } from '../reading';
import { Finding } from '../rules';

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
    return evaluate({
      context: ruleContextOf(this.objects, options),
      placeOf: memoizeByObject(({ path }: Manifest) => new Place(path)),
      acknowledgements: (options.acknowledgements ?? []).map(placed),
      paths: () => this.objects.map(({ path }) => path),
    });
  }
}

function placed({ code, reason, path }: Acknowledgement, index: number): PlacedAcknowledgement {
  return {
    about: new Place('acknowledgements'),
    code: warningNamed(`Manifests: acknowledgements[${index}]: `, code, reason),
    reason,
    covers: (place) => place.path === (path ?? place.path),
  };
}
