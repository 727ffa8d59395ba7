import { evenMembers } from './rules/even-members';
import { memberHostNotInCertificate } from './rules/member-host-not-in-certificate';
import { memberOptionInvalid } from './rules/member-option-invalid';
import { membersWithoutTls } from './rules/members-without-tls';
import { propertyNotWithMembers } from './rules/property-not-with-members';
import { storeParameter } from './rules/store-parameter';
import { synchronousWithoutReplica } from './rules/synchronous-without-replica';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for databases with Patroni. */
export const MEMBER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  membersWithoutTls,
  memberOptionInvalid,
  evenMembers,
  synchronousWithoutReplica,
  memberHostNotInCertificate,
  propertyNotWithMembers,
  storeParameter,
];
