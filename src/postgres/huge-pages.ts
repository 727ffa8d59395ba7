import { Size } from 'cdk8s';
import { checkArguments } from '../checks';

/** Memory in huge pages for what the server's processes share. The node must have set them aside. */
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
    /** How much there is of them: shared_buffers and a little more. */
    public readonly amount: Size,
  ) {}
}
