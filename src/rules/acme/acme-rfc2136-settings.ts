import { mapping, Mapping, text } from '../../data';
import { nameserverError } from '../../formats';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK, source } from '../engine/sources';
import { having } from './acme-issuer-shared';

const TSIG_ALGORITHMS = ['HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512'];

export const acmeRfc2136Settings: Rule<TypedIssuer> = {
  id: 'acme-rfc2136-settings',
  code: 'PGTLS-I39',
  title: 'invalid nameserver or TSIG settings of an RFC 2136 solver',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, source('validation/util/nameserver.go')],
  check: ({ source }) => having('dns01.rfc2136', source).flatMap(({ field, config }) => rfc2136Faults(config).map((fault) => `${field}.${fault}`)),
  fix: 'set host or host:port (IPv6 addresses in brackets), and tsigKeyName together with a tsigSecretSecretRef with name and key',
};

function rfc2136Faults(config: Mapping): string[] {
  const nameserver = text(config['nameserver']);
  const algorithm = text(config['tsigAlgorithm']);
  const keyName = text(config['tsigKeyName']);
  const { name, key } = mapping(config['tsigSecretSecretRef']);
  const nameserverFault = nameserver === '' ? undefined : nameserverError(nameserver);
  return [
    ...when(nameserverFault !== undefined, () => `nameserver '${nameserver}' ${nameserverFault}`),
    ...when(algorithm !== '' && !TSIG_ALGORITHMS.includes(algorithm.toUpperCase()), () => `tsigAlgorithm '${algorithm}' is not one of ${TSIG_ALGORITHMS.join(', ')}`),
    ...when(keyName !== '' && (text(name) === '' || text(key) === ''), () => `tsigKeyName '${keyName}' is set without a tsigSecretSecretRef with name and key`),
    ...when(keyName === '' && text(name) !== '' && text(key) !== '', () => `tsigSecretSecretRef '${text(name)}' is set without tsigKeyName`),
  ];
}
