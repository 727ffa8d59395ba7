import { displayName } from '../../kubernetes';
import { takesChannel } from '../../postgresql';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const ed25519WithoutChannelBinding: Rule<PodContext> = {
  id: 'ed25519-without-channel-binding',
  code: 'PGTLS-C07',
  title: 'server certificate signed with Ed25519 where passwords are used',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/backend/libpq/be-secure-openssl.c', 'be_tls_get_certificate_hash: the digest of the signature algorithm'),
    postgresFile('src/interfaces/libpq/fe-secure-openssl.c', 'pgtls_get_peer_certificate_hash: could not find digest for NID UNDEF'),
  ],
  check: ({ servers }, report) => {
    for (const server of servers) {
      const { certificate } = server;
      const signer = certificate?.issuer?.type === 'selfSigned' ? certificate : certificate?.issuingCa;
      if (signer?.keyAlgorithm !== 'Ed25519') { continue; }
      const row = server.hba?.rows.find((candidate) => takesChannel(candidate, 'tls')
        && (candidate.method === 'scram-sha-256' || (candidate.method === 'md5' && server.setting('password_encryption') !== 'md5')));
      if (row !== undefined) {
        report(server.fieldOf('ssl_cert_file'), `${displayName(certificate!.at)} is signed with the Ed25519 key of ${displayName(signer.at)}, `
          + `but the row '${row.text}' uses passwords, which libpq binds to the TLS channel`);
      }
    }
  },
  fix: 'use an ECDSA or RSA key for the CA; the server certificate itself may have an Ed25519 key',
};
