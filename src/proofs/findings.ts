import { readFileSync } from 'node:fs';
import { IConstruct } from 'constructs';
import { Finding } from './finding';
import { judgeAll } from './private/catalogue';
import { Inventory, surroundings } from './private/inventory';
import { arranged, finding } from './private/reports';
import { Session } from './private/session';
import { readManifests } from './private/yaml-documents';
import { ManifestProofOptions, ProofOptions } from './proof-options';
import { checkArguments } from '../checks/check-arguments';

/**
 * What the proofs find in a construct tree, or in manifests that something else has written.
 *
 * In a tree, errors stop the synthesis before anything is written; warnings are shown at every synth until they are acknowledged.
 */
export class Findings {
  /**
   * Everything that the proofs find in the whole tree of the construct now: errors first, then warnings, acknowledged ones
   * included.
   */
  public static of(construct: IConstruct): Finding[] {
    checkArguments('Findings.of', construct);
    return Session.of(construct).findings();
  }

  /**
   * Everything that the proofs find in YAML files, which are judged together as if they were applied together.
   *
   * @param files paths of the files
   * @param options what the proofs have to know
   * @throws an error where a file cannot be read or is no YAML
   */
  public static ofFiles(files: string[], options: ManifestProofOptions = {}): Finding[] {
    checkArguments('Findings.ofFiles', files, options);
    return Findings.ofYaml(Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')])), options);
  }

  /**
   * Everything that the proofs find in YAML texts, which are judged together as if they were applied together.
   *
   * @param texts the texts by the name that findings shall give them
   * @param options what the proofs have to know
   * @throws an error where a text is no YAML
   */
  public static ofYaml(texts: { [name: string]: string }, options: ManifestProofOptions = {}): Finding[] {
    checkArguments('Findings.ofYaml', texts, options);
    const objects = Object.entries(texts).flatMap(([name, yaml]) => readManifests(name, yaml));
    const reasonFor = (code: string, path: string) =>
      options.acknowledgements?.find((acknowledgement) => acknowledgement.code === code && (acknowledgement.path ?? path) === path)?.reason;
    const found = judgeAll(new Inventory(objects, surroundings(options))).map(({ at, verdict }) => finding(at.path, verdict, reasonFor(verdict.code, at.path)));
    return arranged(found, () => objects.map(({ path }) => path));
  }

  /**
   * Tells the proofs of the construct's whole tree what they have to know of the cluster.
   *
   * @param construct the app, or anything in it
   * @param options what the proofs have to know; nothing can be said twice in different words
   */
  public static configure(construct: IConstruct, options: ProofOptions): void {
    checkArguments('Findings.configure', construct, options);
    Session.of(construct).configure(construct, options);
  }

  /**
   * States that a warning is on purpose, for the construct and everything below it.
   *
   * @param construct where the warning is expected
   * @param code the code of the rule, for example `PGTLS-P20`
   * @param reason why it is right here; kept in the finding
   */
  public static acknowledgeWarning(construct: IConstruct, code: string, reason: string): void {
    checkArguments('Findings.acknowledgeWarning', construct, code, reason);
    if (reason.trim() === '') {
      throw new Error(`[${construct.node.path}] acknowledging ${code} needs a reason, got an empty one; say why the warning does not apply`);
    }
    Session.of(construct).acknowledge(construct, code, reason);
  }

  private constructor() {}
}
