import { acmeAzureCredentials } from './acme-azure-credentials';
import { acmeCloudflareCredentials } from './acme-cloudflare-credentials';
import { acmeDns01ProviderCount } from './acme-dns01-provider-count';
import { acmeDurationWithLetsEncrypt } from './acme-duration-with-lets-encrypt';
import { acmeHttp01IngressSetTwice } from './acme-http01-ingress-set-twice';
import { acmeHttp01TypeCount } from './acme-http01-type-count';
import { acmeIngressClassInvalid } from './acme-ingress-class-invalid';
import { acmeKeyAlgorithmDeprecated } from './acme-key-algorithm-deprecated';
import { acmePreferredChainTooLong } from './acme-preferred-chain-too-long';
import { acmeRfc2136Settings } from './acme-rfc2136-settings';
import { acmeRoute53Credentials } from './acme-route53-credentials';
import { acmeRoute53KeyIdSetTwice } from './acme-route53-key-id-set-twice';
import { acmeServerNotVerified } from './acme-server-not-verified';
import { acmeServiceTypeInvalid } from './acme-service-type-invalid';
import { acmeSolverTypeCount } from './acme-solver-type-count';
import { acmeV1Server } from './acme-v1-server';
import { acmeWaitDurationInvalid } from './acme-wait-duration-invalid';
import { acmeWithoutSolvers } from './acme-without-solvers';
import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';

/** Rules about issuers of type `acme` and their solvers. */
export const ACME_ISSUER_RULES = ruleTable(issuersOfType('acme'), [
  acmeSolverTypeCount,
  acmeHttp01TypeCount,
  acmeHttp01IngressSetTwice,
  acmeIngressClassInvalid,
  acmeServiceTypeInvalid,
  acmeWaitDurationInvalid,
  acmeDns01ProviderCount,
  acmeAzureCredentials,
  acmeCloudflareCredentials,
  acmeRfc2136Settings,
  acmeRoute53KeyIdSetTwice,
  acmeRoute53Credentials,
  acmePreferredChainTooLong,
  acmeServerNotVerified,
  acmeKeyAlgorithmDeprecated,
  acmeWithoutSolvers,
  acmeDurationWithLetsEncrypt,
  acmeV1Server,
]);
