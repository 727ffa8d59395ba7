import { issuersOfType } from '../../pki';
import { ruleTable } from '../engine/rule-table';
import { acmeSolverTypeCount } from './acme-solver-type-count';
import { acmeHttp01TypeCount } from './acme-http01-type-count';
import { acmeHttp01IngressSetTwice } from './acme-http01-ingress-set-twice';
import { acmeIngressClassInvalid } from './acme-ingress-class-invalid';
import { acmeServiceTypeInvalid } from './acme-service-type-invalid';
import { acmeWaitDurationInvalid } from './acme-wait-duration-invalid';
import { acmeDns01ProviderCount } from './acme-dns01-provider-count';
import { acmeAzureCredentials } from './acme-azure-credentials';
import { acmeCloudflareCredentials } from './acme-cloudflare-credentials';
import { acmeRfc2136Settings } from './acme-rfc2136-settings';
import { acmeRoute53KeyIdSetTwice } from './acme-route53-key-id-set-twice';
import { acmeRoute53Credentials } from './acme-route53-credentials';
import { acmePreferredChainTooLong } from './acme-preferred-chain-too-long';
import { acmeServerNotVerified } from './acme-server-not-verified';
import { acmeKeyAlgorithmDeprecated } from './acme-key-algorithm-deprecated';
import { acmeWithoutSolvers } from './acme-without-solvers';
import { acmeDurationWithLetsEncrypt } from './acme-duration-with-lets-encrypt';
import { acmeV1Server } from './acme-v1-server';

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
