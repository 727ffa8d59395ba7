import { text } from '../../data';
import { hostOf, type TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

const V1_HOSTS = ['acme-v01.api.letsencrypt.org', 'acme-staging.api.letsencrypt.org'];

export const acmeV1Server: Rule<TypedIssuer> = {
  id: 'acme-v1-server',
  code: 'PGTLS-I47',
  title: 'ACME v1 server URL',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/issuer/acme/setup.go', 'Ready=False, InvalidConfig')],
  check: ({ source }, report) => {
    const server = text(source['server']);
    if (V1_HOSTS.includes(hostOf(server))) { report('spec.acme.server', `acme.server '${server}' is an ACME v1 URL, which is no longer available`); }
  },
  fix: 'use https://acme-v02.api.letsencrypt.org/directory, or acme-staging-v02 for tests',
};
