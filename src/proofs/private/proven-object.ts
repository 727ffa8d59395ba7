import { ApiObject } from 'cdk8s';
import { Session } from './session';

/** An object of this package: rendered once a synthesis, so that what was judged is what is written, and nothing is done twice. */
export class ProvenObject extends ApiObject {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public override toJson(): any {
    return Session.of(this).rendered(this, () => super.toJson());
  }
}
