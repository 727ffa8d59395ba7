import { solverParts } from './solvers';
import { mapping, text } from '../../data';
import { nameserverError } from '../../formats';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, ISSUER_WEBHOOK } from '../engine/sources';

const TSIG_ALGORITHMS = ['HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512'];

export const acmeRfc2136Settings: Rule<TypedIssuer> = {
  id: 'acme-rfc2136-settings',
  code: 'PGTLS-I39',
  title: 'invalid nameserver or TSIG settings of an RFC 2136 solver',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, certManagerFile('internal/apis/certmanager/validation/util/nameserver.go')],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01.rfc2136', source)) {
      const [nameserver, algorithm, keyName] = [text(config['nameserver']), text(config['tsigAlgorithm']), text(config['tsigKeyName'])];
      const secret = mapping(config['tsigSecretSecretRef']);
      const missing = ['name', 'key'].filter((part) => text(secret[part]) === '');
      const fault = nameserver === '' ? undefined : nameserverError(nameserver);
      if (fault !== undefined) { report(`spec.${field}.nameserver`, `${field}.nameserver '${nameserver}' ${fault}`); }
      if (algorithm !== '' && !TSIG_ALGORITHMS.includes(algorithm.toUpperCase())) {
        report(`spec.${field}.tsigAlgorithm`, `${field}.tsigAlgorithm '${algorithm}' is not one of ${TSIG_ALGORITHMS.join(', ')}`);
      }
      if (keyName !== '' && missing.length > 0) {
        const part = missing.length === 1 ? `.${missing[0]}` : '';
        report(`spec.${field}.tsigSecretSecretRef${part}`, `${field}.tsigKeyName '${keyName}' is set without a tsigSecretSecretRef with name and key`);
      }
      if (keyName === '' && missing.length === 0) {
        report(`spec.${field}.tsigKeyName`, `${field}.tsigSecretSecretRef '${text(secret['name'])}' is set without tsigKeyName`);
      }
    }
  },
  fix: 'set host or host:port (IPv6 addresses in brackets), and tsigKeyName together with a tsigSecretSecretRef with name and key',
};
