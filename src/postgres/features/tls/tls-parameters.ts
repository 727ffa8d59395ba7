import type { PostgresTls } from './tls';
import { TlsProtocolVersion } from './tls-options';
import type { ParameterPlan } from '../../plan/parts';
import type { DatabaseBasics } from '../../plan/database-basics';
import { PARAMETER_RANK } from '../../plan/rank';

/** The parameters of TLS, and the property that sets each. */
export const TLS_PARAMETERS: Readonly<Record<string, string>> = {
  ssl: 'tls and sslMode set it',
  ssl_ca_file: 'the client CA (tls.clientCa, tls.trustedClientCas) sets it',
  ssl_cert_file: 'cert-manager writes the file',
  ssl_ciphers: 'tls.ciphers sets it',
  ssl_crl_dir: 'tls.certificateRevocationList sets one file',
  ssl_crl_file: 'tls.certificateRevocationList sets it',
  ssl_ecdh_curve: 'tls.groups sets it',
  ssl_groups: 'tls.groups sets it',
  ssl_key_file: 'cert-manager writes the file',
  ssl_max_protocol_version: 'tls.maxProtocolVersion sets it',
  ssl_min_protocol_version: 'tls.minProtocolVersion sets it',
  ssl_passphrase_command: 'cert-manager writes keys without a passphrase',
  ssl_passphrase_command_supports_reload: 'cert-manager writes keys without a passphrase',
  ssl_tls13_ciphers: 'tls.cipherSuites sets it',
};

/** Directory of the certificate of the server. */
export const SERVER_CERTIFICATE = '/tls/certs/server';

export function tlsParameters(tls: PostgresTls, { major }: DatabaseBasics, revocationList: string | undefined): ParameterPlan[] {
  const optional: Array<readonly [string, string | undefined]> = [
    ['ssl_crl_file', revocationList],
    ['ssl_max_protocol_version', tls.maxProtocolVersion],
    ['ssl_ciphers', tls.ciphers],
    ['ssl_tls13_ciphers', tls.cipherSuites?.join(':')],
    // Renamed in 18, which takes a list; before it took one curve.
    [major >= 18 ? 'ssl_groups' : 'ssl_ecdh_curve', tls.groups?.join(':')],
  ];
  return [
    { parameter: ['ssl', true], rank: PARAMETER_RANK.TLS },
    { parameter: ['ssl_cert_file', `${SERVER_CERTIFICATE}/tls.crt`], rank: PARAMETER_RANK.TLS },
    { parameter: ['ssl_key_file', `${SERVER_CERTIFICATE}/tls.key`], rank: PARAMETER_RANK.TLS },
    { parameter: ['ssl_min_protocol_version', tls.minProtocolVersion ?? TlsProtocolVersion.TLS_1_3], rank: PARAMETER_RANK.TLS },
    ...optional.flatMap(([name, value]) => (value === undefined ? [] : [{ parameter: [name, value] as const, rank: PARAMETER_RANK.TLS_OPTIONS }])),
  ];
}
