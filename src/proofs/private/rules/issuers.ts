import { IssuerView } from '../issuer-view';
import { Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about every Issuer and ClusterIssuer. */
export const ISSUER_RULES = ruleTable(({ issuers }) => issuers, [] satisfies Rule<IssuerView>[]);
