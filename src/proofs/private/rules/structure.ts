import { Rule } from '../rule';
import { objectsOf, ObjectSubject, ruleTable } from '../rule-table';

/** What is proven about the shape of cert-manager's objects: fields, types, words, and which release knows them. */
export const STRUCTURE_RULES = ruleTable(objectsOf, [] satisfies Rule<ObjectSubject>[]);
