import { text, valuesAt } from '../../data';
import type { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

/** URLs that cert-manager uses unchanged. The Venafi client adds a missing scheme, so its URLs are not listed. */
const SERVERS = ['vault.server', 'acme.server'];

export const issuerServerNotUrl: Rule<IssuerNode> = {
  id: 'issuer-server-not-url',
  code: 'PGTLS-I09',
  title: 'issuer server is not a URL',
  consequence: Consequence.NEVER_READY,
  sources: [
    source('Go, net/http/transport.go: unsupported protocol scheme', 'https://github.com/golang/go/blob/go1.26.0/src/net/http/transport.go'),
    certManagerFile('internal/vault/vault.go'),
    certManagerFile('pkg/issuer/acme/setup.go'),
    certManagerFile('pkg/issuer/acme/dns/acmedns/acmedns.go'),
  ],
  check: ({ spec, type }, report) => {
    for (const { path, value } of [...SERVERS, ...(type === 'acme' ? ['acme.solvers[].dns01.acmeDNS.host'] : [])].flatMap((field) => valuesAt(spec, field))) {
      if (text(value) !== '' && !/^(https?:\/\/[^/\s]|unix:\/\/)/i.test(text(value))) { report(`spec.${path}`, `${path} '${text(value)}' is not a URL`); }
    }
  },
  fix: 'set scheme and host, for example https://vault.example.com:8200',
};
