import { text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { MOUNT_PATHS } from './vault-issuer-shared';

export const vaultPathPrefix: Rule<TypedIssuer> = {
  id: 'vault-path-prefix',
  code: 'PGTLS-I16',
  title: 'Vault path of the issue endpoint or with the prefix v1, or mountPath outside of /v1/',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager internal/vault/vault.go: path is appended to /v1, mountPath is used unchanged; Vault, PKI secrets engine API',
  check: ({ source }) => [
    ...signingFaults(text(source['path'])),
    ...MOUNT_PATHS.filter((field) => text(valueAt(source, field)) !== '' && !/^\/?v1\//.test(text(valueAt(source, field))))
      .map((field) => `vault.${field} '${text(valueAt(source, field))}' is not below /v1/`),
  ],
  fix: "use a path like 'pki/sign/postgres' and a mountPath like '/v1/auth/kubernetes'",
};

/** The `issue` endpoint generates its own key, so that its certificate never matches the private key of cert-manager. */
function signingFaults(path: string): string[] {
  const segments = path.split('/').filter(Boolean);
  return [
    ...when(segments[0] === 'v1', () => `vault.path '${path}' starts with v1, which cert-manager adds itself`),
    ...when(segments.at(-2) === 'issue', () => `vault.path '${path}' is the issue endpoint, which generates its own private key`),
  ];
}
