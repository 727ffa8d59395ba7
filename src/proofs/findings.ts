import { IConstruct } from 'constructs';
import { Finding } from './finding';
import { Session } from './private/session';

/**
 * What the proofs find in a construct tree.
 *
 * Errors stop the synthesis before anything is written; warnings are shown at every synth until they are acknowledged.
 */
export class Findings {
  /**
   * Everything that the proofs find in the whole tree of the construct now: errors first, then warnings, acknowledged ones
   * included.
   */
  public static of(construct: IConstruct): Finding[] {
    return Session.of(construct).findings();
  }

  /**
   * States that a warning is on purpose, for the construct and everything below it.
   *
   * @param construct where the warning is expected
   * @param code the code of the rule, for example `PGTLS-P20`
   * @param reason why it is right here; kept in the finding
   */
  public static acknowledgeWarning(construct: IConstruct, code: string, reason: string): void {
    if (reason.trim() === '') {
      throw new Error(`[${construct.node.path}] acknowledging ${code} needs a reason, got an empty one; say why the warning does not apply`);
    }
    Session.of(construct).acknowledge(construct, code, reason);
  }

  private constructor() {}
}
