import { IConstruct } from 'constructs';
import { requireWarning } from './acknowledgement';
import { ManifestProofOptions, ProofOptions } from './proof-options';
import { finding, inOrder } from './report';
import { ruleContextOf } from './rule-context-of';
import { TreeValidation } from './tree-validation';
import { checkArguments } from '../checks';
import { readManifests, readText, toManifest } from '../kubernetes';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, Finding } from '../rules';

/** Placeholder for findings about options of the proofs. */
const NO_MANIFEST = toManifest('acknowledgements', {});

/**
 * The findings of the proofs in a construct tree, or in manifests from another source.
 *
 * In a tree, errors make the synthesis fail before any file is written. Warnings are printed to standard error at every synth until they are
 * acknowledged.
 */
export class Findings {
  /**
   * All current findings in the whole tree of the construct: errors first, then warnings, including acknowledged ones.
   *
   * @param construct the app, or any construct in it
   */
  public static of(construct: IConstruct): Finding[] {
    checkArguments('Findings.of', construct);
    return TreeValidation.of(construct).findings();
  }

  /**
   * All findings in YAML files, which are evaluated together, as if they were applied together.
   *
   * @param files paths of the files
   * @param options facts about the cluster, the deployed manifests, and acknowledgements
   * @throws if a file cannot be read or is not valid YAML, or if an acknowledgement has an unknown code, the code of an error or an empty reason
   */
  public static ofFiles(files: string[], options: ManifestProofOptions = {}): Finding[] {
    checkArguments('Findings.ofFiles', files, options);
    return Findings.ofYaml(Object.fromEntries(files.map((file) => [file, readText(file)])), options);
  }

  /**
   * All findings in YAML texts, which are evaluated together, as if they were applied together.
   *
   * @param texts the texts by the name that findings use for them
   * @param options facts about the cluster, the deployed manifests, and acknowledgements
   * @throws if a text is not valid YAML, or if an acknowledgement has an unknown code, the code of an error or an empty reason
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
   * Configures the proofs for the whole tree of the construct.
   *
   * @param construct the app, or any construct in it
   * @param options facts about the cluster and the deployed manifests
   * @throws if an option is already configured with another value
   */
  public static configure(construct: IConstruct, options: ProofOptions): void {
    checkArguments('Findings.configure', construct, options);
    TreeValidation.of(construct).configure(construct, options);
  }

  /**
   * Acknowledges a warning, for the construct and everything below it: it is no longer printed.
   *
   * @param construct where the warning occurs, or a parent of it
   * @param code the code of the rule, for example `PGTLS-P20`
   * @param reason why the warning is accepted here; kept in the finding
   * @throws if no rule has the code, if the rule is an error, or if the reason is empty
   */
  public static acknowledgeWarning(construct: IConstruct, code: string, reason: string): void {
    checkArguments('Findings.acknowledgeWarning', construct, code, reason);
    requireWarning(construct.node.path === '' ? '' : `[${construct.node.path}] `, code, reason);
    TreeValidation.of(construct).acknowledge(construct, code, reason);
  }

  private constructor() {}
}
