import { Rule } from '../rule';
import { objectsOf, ObjectSubject, ruleTable } from '../rule-table';

/** What is proven about how trust in authorities is spread. */
export const TRUST_RULES = ruleTable(objectsOf, [] satisfies Rule<ObjectSubject>[]);
