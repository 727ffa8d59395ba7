import { displayName } from '../../kubernetes';
import { takesChannel } from '../../postgresql';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const ed25519WithoutChannelBinding: Rule<PodContext> = {
  id: 'ed25519-without-channel-binding',
  code: 'PGTLS-C07',
  title: 'server certificate signed with Ed25519 where passwords are used',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq and server: channel binding has no digest for Ed25519 signatures ("could not find digest for NID UNDEF")',
  check: ({ servers }) => servers.flatMap((server) => {
    const { certificate } = server;
    const signer = certificate?.issuer?.type === 'selfSigned' ? certificate : certificate?.issuingCa;
    if (signer?.keyAlgorithm !== 'Ed25519') { return []; }
    const row = server.hba?.rows.find((candidate) => takesChannel(candidate, 'tls')
      && (candidate.method === 'scram-sha-256' || (candidate.method === 'md5' && server.setting('password_encryption') !== 'md5')));
    return when(row !== undefined,
      () => `${displayName(certificate!.at)} is signed with the Ed25519 key of ${displayName(signer.at)}, but the row '${row!.text}' uses passwords, which libpq binds to the TLS channel`);
  }),
  fix: 'use an ECDSA or RSA key for the CA; the server certificate itself may have an Ed25519 key',
};
