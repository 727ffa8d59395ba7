import { mappings, text, valueAt } from '../../data';
import { IssuerNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

/** URLs that cert-manager uses unchanged. The Venafi client adds a missing scheme, so its URLs are not listed. */
const SERVERS = ['vault.server', 'acme.server'];

export const issuerServerNotUrl: Rule<IssuerNode> = {
  id: 'issuer-server-not-url',
  code: 'PGTLS-I09',
  title: 'issuer server is not a URL',
  consequence: Consequence.NEVER_READY,
  source: 'Go net/http: unsupported protocol scheme; cert-manager internal/vault/vault.go, pkg/issuer/acme/setup.go, pkg/issuer/acme/dns/acmedns',
  check: ({ spec, type }) => [
    ...SERVERS.map((field) => [field, valueAt(spec, field)] as const),
    ...(type === 'acme' ? mappings(valueAt(spec, 'acme.solvers')) : []).map((solver, index) => [`acme.solvers[${index}].dns01.acmeDNS.host`, valueAt(solver, 'dns01.acmeDNS.host')] as const),
  ].flatMap(([field, value]) => when(text(value) !== '' && !/^(https?:\/\/[^/\s]|unix:\/\/)/i.test(text(value)), () => `${field} '${text(value)}' is not a URL`)),
  fix: 'set scheme and host, for example https://vault.example.com:8200',
};
