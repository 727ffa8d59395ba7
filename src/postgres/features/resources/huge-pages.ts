import { Size } from 'cdk8s';
import { checkArguments } from '../../../checks';

/** Huge pages for PostgreSQL shared memory. The node must have them preallocated. */
export class HugePages {
  /** Pages of 2 MiB. */
  public static of2Mi(amount: Size): HugePages {
    checkArguments('HugePages.of2Mi', amount);
    return new HugePages('2Mi', amount);
  }

  /** Pages of 1 GiB. */
  public static of1Gi(amount: Size): HugePages {
    checkArguments('HugePages.of1Gi', amount);
    return new HugePages('1Gi', amount);
  }

  private constructor(
    /** Size of one page, as Kubernetes writes it. */
    public readonly pageSize: string,
    /** Total size of the huge pages: `shared_buffers` and the other shared memory of the server. */
    public readonly amount: Size,
  ) {}
}
