import { isGiven, mapping, text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultAwsRoleMissing: Rule<TypedIssuer> = {
  id: 'vault-aws-role-missing',
  code: 'PGTLS-I15',
  title: 'Vault AWS auth with serviceAccountRef and without iamRoleArn',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => {
    const { serviceAccountRef, iamRoleArn } = mapping(valueAt(source, 'auth.aws'));
    const account = mapping(serviceAccountRef)['name'];
    return when(isGiven(serviceAccountRef) && text(iamRoleArn) === '', () => `vault.auth.aws has serviceAccountRef '${text(account)}' but no iamRoleArn`);
  },
  fix: 'set iamRoleArn to the ARN of the IAM role that the ServiceAccount may assume',
};
