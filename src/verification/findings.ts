import { IConstruct } from 'constructs';
import { requireWarning } from './acknowledgement';
import { ManifestProofOptions, ProofOptions } from './proof-options';
import { finding, inOrder } from './report';
import { ruleContextOf } from './rule-context-of';
import { TreeValidation } from './tree-validation';
import { checkArguments } from '../checks';
import { readManifests, readText, toManifest } from '../kubernetes';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, Finding } from '../rules';

/** Stands for what is said to the proofs, in findings about that. */
const NO_MANIFEST = toManifest('acknowledgements', {});

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
    return TreeValidation.of(construct).findings();
  }

  /**
   * Everything that the proofs find in YAML files, which are judged together as if they were applied together.
   *
   * @param files paths of the files
   * @param options what the proofs have to know
   * @throws an error where a file cannot be read or is no YAML, or where an acknowledgement is of no warning
   */
  public static ofFiles(files: string[], options: ManifestProofOptions = {}): Finding[] {
    checkArguments('Findings.ofFiles', files, options);
    return Findings.ofYaml(Object.fromEntries(files.map((file) => [file, readText(file)])), options);
  }

  /**
   * Everything that the proofs find in YAML texts, which are judged together as if they were applied together.
   *
   * @param texts the texts by the name that findings shall give them
   * @param options what the proofs have to know
   * @throws an error where a text is no YAML, or where an acknowledgement is of no warning
   */
  public static ofYaml(texts: { [name: string]: string }, options: ManifestProofOptions = {}): Finding[] {
    checkArguments('Findings.ofYaml', texts, options);
    const { acknowledgements = [] } = options;
    for (const [index, { code, reason }] of acknowledgements.entries()) { requireWarning(`Findings: acknowledgements[${index}]: `, code, reason); }
    const objects = Object.entries(texts).flatMap(([name, yaml]) => readManifests(name, yaml));
    const manifests = ruleContextOf(objects, options);
    const located = evaluateAll(manifests);
    const stale = acknowledgements.flatMap(({ code, reason, path }) => evaluateRules(ACKNOWLEDGEMENT_RULES, {
      code, reason, occurs: located.some(({ at, violation: violation }) => violation.code === code && at.path === (path ?? at.path)),
    }));
    const reasonFor = (code: string, path: string) =>
      acknowledgements.find((acknowledgement) => acknowledgement.code === code && (acknowledgement.path ?? path) === path)?.reason;
    const found = [...located, ...stale.map((violation) => ({ at: NO_MANIFEST, violation }))]
      .map(({ at, violation }) => finding(at.path, violation, reasonFor(violation.code, at.path)));
    return inOrder(found, () => objects.map(({ path }) => path));
  }

  /**
   * Tells the proofs of the construct's whole tree what they have to know of the cluster.
   *
   * @param construct the app, or anything in it
   * @param options what the proofs have to know; nothing can be said twice in different words
   */
  public static configure(construct: IConstruct, options: ProofOptions): void {
    checkArguments('Findings.configure', construct, options);
    TreeValidation.of(construct).configure(construct, options);
  }

  /**
   * States that a warning is on purpose, for the construct and everything below it.
   *
   * @param construct where the warning is expected
   * @param code the code of the rule, for example `PGTLS-P20`
   * @param reason why it is right here; kept in the finding
   * @throws an error where no rule has the code, where the rule is an error, and where the reason is empty
   */
  public static acknowledgeWarning(construct: IConstruct, code: string, reason: string): void {
    checkArguments('Findings.acknowledgeWarning', construct, code, reason);
    requireWarning(construct.node.path === '' ? '' : `[${construct.node.path}] `, code, reason);
    TreeValidation.of(construct).acknowledge(construct, code, reason);
  }

  private constructor() {}
}
