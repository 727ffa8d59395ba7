import type { VaultIssuerOptions } from './vault-issuer-options';
import { vaultSigningPath } from './vault-path';
import { url } from '../../checks';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecVault } from '../../../imports/cert-manager.io';

/** The `vault` of an issuer. */
export function renderVault(options: VaultIssuerOptions): IssuerSpecVault {
  const server = url('vault issuer', 'server', options.server);
  if (options.auth._needsHttps && !/^https:/i.test(server)) {
    throw new Error(`vault issuer: client certificate auth requires TLS, got server '${server}'; give an https URL`);
  }
  const { caBundle, clientCertificate } = options;
  return {
    server,
    path: vaultSigningPath(options.path),
    auth: options.auth._toSpec(),
    namespace: options.namespace,
    serverName: options.serverName,
    caBundle: caBundle?._base64,
    caBundleSecretRef: caBundle?._secret && secretSelector(caBundle._secret),
    clientCertSecretRef: clientCertificate && { name: clientCertificate.secretName, key: 'tls.crt' },
    clientKeySecretRef: clientCertificate && { name: clientCertificate.secretName, key: 'tls.key' },
  };
}
