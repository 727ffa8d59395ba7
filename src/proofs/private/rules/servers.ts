import { podsOf, PodSubject } from './mounts';
import { Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about pods that run PostgreSQL or connect to it, whoever made them. */
export const SERVER_RULES = ruleTable(podsOf, [] satisfies Rule<PodSubject>[]);
