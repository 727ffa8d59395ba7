import { MOUNT_PATHS } from './auth-methods';
import { text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const vaultPathPrefix: Rule<TypedIssuer> = {
  id: 'vault-path-prefix',
  code: 'PGTLS-I16',
  title: 'Vault path of the issue endpoint or with the prefix v1, or mountPath outside of /v1/',
  consequence: Consequence.NEVER_READY,
  sources: [
    certManagerFile('internal/vault/vault.go', 'path is appended to /v1, mountPath is used unchanged'),
    source('Vault, PKI secrets engine (API)', 'https://developer.hashicorp.com/vault/api-docs/secret/pki'),
  ],
  check: ({ source: vault }, report) => {
    const path = text(vault['path']);
    const segments = path.split('/').filter(Boolean);
    if (segments[0] === 'v1') { report('spec.vault.path', `vault.path '${path}' starts with v1, which cert-manager adds itself`); }
    // Its certificate never matches the private key of cert-manager.
    if (segments.at(-2) === 'issue') { report('spec.vault.path', `vault.path '${path}' is the issue endpoint, which generates its own private key`); }
    for (const field of MOUNT_PATHS) {
      const mountPath = text(valueAt(vault, field));
      if (mountPath !== '' && !/^\/?v1\//.test(mountPath)) { report(`spec.vault.${field}`, `vault.${field} '${mountPath}' is not below /v1/`); }
    }
  },
  fix: "use a path like 'pki/sign/postgres' and a mountPath like '/v1/auth/kubernetes'",
};
