import { AcmeAccountKey } from './acme-account-key';
import type { AcmeExternalAccountBinding, AcmeIssuerOptions } from './acme-issuer-options';
import { requireText, url } from '../../checks';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecAcme } from '../../../imports/cert-manager.io';

/** The `acme` of an issuer, without the account key. */
export function renderAcme(options: AcmeIssuerOptions): Omit<IssuerSpecAcme, 'privateKeySecretRef'> {
  const { preferredChain, externalAccountBinding } = options;
  if (preferredChain !== undefined && [...preferredChain].length > 64) {
    throw new Error(`acme issuer: preferredChain '${preferredChain}' is ${[...preferredChain].length} characters long, at most 64 are allowed; give the common name of the root CA`);
  }
  return {
    server: url('acme issuer', 'server', options.server),
    email: options.email,
    externalAccountBinding: externalAccountBinding && renderBinding(externalAccountBinding),
    preferredChain,
    profile: options.profile,
    ...options.serverTrust?._toSpec(),
    enableDurationFeature: options.requestDuration === true ? true : undefined,
    solvers: options.solvers.length === 0 ? undefined : options.solvers.map((solver) => solver._toSpec()),
  };
}

/** The Secret of the account key, and whether cert-manager generates it. */
export function renderAccountKey({ accountKey = AcmeAccountKey.generated() }: AcmeIssuerOptions, issuerName: string) {
  return accountKey._toSpec(issuerName);
}

function renderBinding({ keyId, key }: AcmeExternalAccountBinding) {
  return { keyId: requireText('acme externalAccountBinding', 'keyId', keyId), keySecretRef: secretSelector(key) };
}
