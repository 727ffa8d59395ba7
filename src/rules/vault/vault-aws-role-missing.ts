import { isGiven, mapping, text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const vaultAwsRoleMissing: Rule<TypedIssuer> = {
  id: 'vault-aws-role-missing',
  code: 'PGTLS-I15',
  title: 'Vault AWS auth with serviceAccountRef and without iamRoleArn',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    const { serviceAccountRef, iamRoleArn } = mapping(valueAt(source, 'auth.aws'));
    if (isGiven(serviceAccountRef) && text(iamRoleArn) === '') {
      report('spec.vault.auth.aws.iamRoleArn', `vault.auth.aws has serviceAccountRef '${text(mapping(serviceAccountRef)['name'])}' but no iamRoleArn`);
    }
  },
  fix: 'set iamRoleArn to the ARN of the IAM role that the ServiceAccount may assume',
};
