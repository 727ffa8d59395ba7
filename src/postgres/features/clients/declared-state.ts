import { checkArguments } from '../../../checks';

/** What becomes of that which belongs to a role or is in a database that is removed. */
export interface DeclaredAbsence {
  /**
   * The role that then owns what the removed role owns (`REASSIGN OWNED`), in every database. For roles and clients.
   *
   * @default - none
   */
  readonly reassignOwnedTo?: string;

  /**
   * Whether everything that the removed role owns is dropped with it (`DROP OWNED`), in every database. For roles and clients.
   *
   * @default false
   */
  readonly dropOwned?: boolean;

  /**
   * Whether the database is dropped with all its data. For databases.
   *
   * @default false
   */
  readonly deleteData?: boolean;
}

/**
 * Whether a declared database, role or client exists. A declaration that is deleted changes nothing on the server: only `absent` removes something, and
 * the declaration can be deleted after that.
 */
export class DeclaredState {
  /** It exists, as declared. */
  public static present(): DeclaredState {
    return new DeclaredState(false, {});
  }

  /**
   * It is removed, and the sessions of the role or in the database end.
   *
   * @param options for a role `reassignOwnedTo` or `dropOwned`, for a database `deleteData`
   */
  public static absent(options: DeclaredAbsence): DeclaredState {
    checkArguments('DeclaredState.absent', options);
    return new DeclaredState(true, options);
  }

  private constructor(
    /** Whether it is removed. */
    public readonly isAbsent: boolean,
    /** @internal */
    public readonly _options: DeclaredAbsence,
  ) {}
}
