import { IConstruct } from 'constructs';
import { warningNamed } from './acknowledgement';
import { TreeValidation } from './tree-validation';
import type { ValidationOptions } from './validation-options';
import { checkArguments, checkMethodArguments } from '../checks';
import { Finding } from '../rules';

/**
 * The validation of a construct tree: every rule, over every manifest as it will be written.
 *
 * Errors make the synthesis fail before any file is written. Warnings are printed to standard error at every synth until they are
 * acknowledged.
 */
export class Validation {
  /**
   * The validation of the tree that a construct belongs to.
   *
   * @param construct the app, or any construct in it
   */
  public static of(construct: IConstruct): Validation {
    checkArguments('Validation.of', construct);
    return new Validation(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /** All current findings in the whole tree: errors first, then warnings, including acknowledged ones. */
  public findings(): Finding[] {
    return TreeValidation.of(this.construct).findings();
  }

  /**
   * Configures the validation of the whole tree.
   *
   * @param options facts about the cluster and the deployed manifests
   * @throws if an option is already configured with another value
   */
  public configure(options: ValidationOptions): void {
    checkMethodArguments(this.construct, 'Validation#configure', options);
    TreeValidation.of(this.construct).configure(this.construct, options);
  }

  /**
   * Acknowledges a warning, for the construct and everything below it: it is no longer printed.
   *
   * @param code the code of the rule, for example `PGTLS-P20`
   * @param reason why the warning is accepted here; kept in the finding
   * @throws if no rule has the code, if the rule is an error, or if the reason is empty
   */
  public acknowledge(code: string, reason: string): void {
    checkMethodArguments(this.construct, 'Validation#acknowledge', code, reason);
    const { path } = this.construct.node;
    TreeValidation.of(this.construct).acknowledge(this.construct, warningNamed(path === '' ? '' : `[${path}] `, code, reason), reason);
  }
}
