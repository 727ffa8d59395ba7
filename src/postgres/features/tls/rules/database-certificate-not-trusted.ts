import { CertificateAlias } from '../../../plan/certificate-alias';
import type { DatabaseContext } from '../../../plan/database-context';
import { isSameIssuer } from '../../../../pki';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const databaseCertificateNotTrusted: Rule<DatabaseContext> = {
  id: 'database-certificate-not-trusted',
  code: 'PGTLS-P19',
  title: 'certificate of the database from a CA that is not in the trust bundle',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('runtime-config-connection.html#GUC-SSL-CA-FILE', 'ssl_ca_file', 'the server trusts the CAs in that file only'),
    postgresPage('libpq-connect.html#LIBPQ-CONNECT-SSLROOTCERT', 'sslrootcert', 'a client trusts the CAs in that file only'),
  ],
  check: ({ plan: { certificates, checksClientCertificates, trustedClientCas, clientCa, trustedServerCas } }, report) => {
    const sides = [
      ...(checksClientCertificates ? [{ property: 'tls.trustedClientCas', trusted: trustedClientCas.issuers, isServer: false }] : []),
      { property: 'tls.trustedServerCas', trusted: trustedServerCas.issuers, isServer: true },
    ];
    for (const { property, trusted, isServer } of sides) {
      for (const { issuer, alias } of certificates.filter((certificate) => (certificate.alias === CertificateAlias.SERVER) === isServer)) {
        if (trusted === undefined || trusted.some((known) => issuer !== undefined && isSameIssuer(known, issuer))) { continue; }
        report(property, `the ${alias} certificate comes from '${issuer?.issuerName ?? clientCa!.name}', which is not in ${property}`);
      }
    }
  },
  fix: 'add the CA to the bundle (TrustedCa), or use an issuer that is in it (tls.issuer for the server, tls.clientCa: ClientCa.shared for clients)',
};
