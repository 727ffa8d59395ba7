import { text } from '../../data';
import { hostOf, TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const acmeV1Server: Rule<TypedIssuer> = {
  id: 'acme-v1-server',
  code: 'PGTLS-I47',
  title: 'ACME v1 server URL',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/issuer/acme/setup.go: Ready=False, InvalidConfig',
  check: ({ source }) => when(
    ['acme-v01.api.letsencrypt.org', 'acme-staging.api.letsencrypt.org'].includes(hostOf(text(source['server']))),
    () => `acme.server '${text(source['server'])}' is an ACME v1 URL, which is no longer available`,
  ),
  fix: 'use https://acme-v02.api.letsencrypt.org/directory, or acme-staging-v02 for tests',
};
