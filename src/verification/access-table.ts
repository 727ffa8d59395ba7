import { IConstruct } from 'constructs';
import { accessMarkdown } from './access-markdown';
import { accessTableRows } from './access-table-rows';
import type { AccessTableRow } from './access-table-row';
import { TreeValidation } from './tree-validation';
import { checkArguments } from '../checks';
import { serverAccesses } from '../workloads';

/**
 * Who can connect to what, how, from where, until when: for every PostgreSQL server of a construct, as the manifests have it that will be written.
 *
 * Each role that a declaration, a row of `pg_hba.conf` or a client names, and one that nothing names, is followed to each database from each kind of place
 * through the NetworkPolicies, the rows of `pg_hba.conf`, the user maps, the client CAs, and the declared privileges. What the manifests do not show is
 * `UNKNOWN`, with the reason. NetworkPolicies count as enforced; what was granted by hand is not visible.
 */
export class AccessTable {
  /**
   * The table of the servers in a construct: the app, a chart or a database. The manifests of the whole tree count.
   *
   * @param construct the construct
   */
  public static of(construct: IConstruct): AccessTable {
    checkArguments('AccessTable.of', construct);
    return new AccessTable(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /** The rows, server by server: who is admitted or may be, and one row for everyone else. */
  public rows(): AccessTableRow[] {
    const { path } = this.construct.node;
    const isWithin = (place: string) => path === '' || place === path || place.startsWith(`${path}/`);
    return serverAccesses(TreeValidation.of(this.construct).issuanceGraph()).filter(({ at }) => isWithin(at.path)).flatMap(accessTableRows);
  }

  /** The rows as Markdown: a table for each server. */
  public markdown(): string {
    return accessMarkdown(this.rows());
  }
}
