import { IssuerView } from '../issuer-view';
import { Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about issuers of type `venafi`. */
export const VENAFI_ISSUER_RULES = ruleTable(({ issuers }) => issuers, [] satisfies Rule<IssuerView>[]);
