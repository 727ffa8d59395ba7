import { endpointUrl } from '../resolve-repository';
import type { S3RepositoryOptions } from '../backup-repository';
import type { DatabaseContext } from '../../../plan/database-context';
import { publicNameError } from '../../../../pki';
import { Consequence, pgBackRestPage, type Rule } from '../../../../rules';

export const backupEndpointNotVerified: Rule<DatabaseContext> = {
  id: 'backup-endpoint-not-verified',
  code: 'PGTLS-P143',
  title: 'S3 endpoint without TLS, or without a CA that verifies it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestPage('configuration.html', 'repo-storage-ca-file', 'without it the CA certificates of the system are used')],
  check: ({ props: { backup, recovery } }, report) => {
    for (const [where, repository] of [['backup', backup?._options.repository], ['recovery', recovery?._options.repository]] as const) {
      const [property, problem, fix] = faultOf(repository?._s3) ?? [];
      if (problem !== undefined) { report(`${where}.repository.${property}`, problem, fix); }
    }
  },
  fix: 'give the CA certificate of the endpoint: ca: TrustSource.fromConfigMapName(…)',
};

function faultOf(s3: S3RepositoryOptions | undefined): readonly [property: string, problem: string, fix?: string] | undefined {
  if (s3 === undefined) { return undefined; }
  const url = endpointUrl(s3.endpoint);
  if (url === undefined || url.protocol !== 'https:') {
    return ['endpoint', `endpoint '${s3.endpoint}' is not an https:// URL, and pgBackRest has no S3 without TLS`, 'give the endpoint as https://HOST or https://HOST:PORT, and the CA of its certificate'];
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return ['endpoint', `endpoint '${s3.endpoint.replace(/\/\/[^/@]*@/, '//…@')}' has more than a host and a port`, 'give bucket, path and credentials in their own options'];
  }
  if (s3.ca?.isIssuedSecret) { return ['ca', 'ca is the Secret of a Certificate of this package, and the endpoint has none']; }
  const fault = s3.ca === undefined ? publicNameError(url.hostname.replace(/^\[(.*)\]$/, '$1')) : undefined;
  return fault === undefined ? undefined : ['ca', `the host '${url.hostname}' ${fault}: no CA of the image verifies it`];
}
