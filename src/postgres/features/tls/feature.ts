import { NAME_RULES } from './names-validation';
import { resolveClientCa } from './resolve-client-ca';
import { CertificateRevocationList } from './tls-options';
import { SERVER_CERTIFICATE, TLS_PARAMETERS, tlsParameters } from './tls-parameters';
import { TLS_RULES } from './validation';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificatePlan } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { Feature } from '../../plan/feature';
import { PARAMETER_RANK, RANK } from '../../plan/rank';
import { caSource, configMapSource, secretSource, SERVER_SIDE } from '../../plan/volumes';
import { KeyUsage } from '../../../cert-manager';
import { TRUSTED_SERVER_CAS_ANNOTATION } from '../../../pki';
import { TrustSource } from '../../../trust';

const CLIENT_CA = '/tls/certs/client';
const REVOCATION_LIST = '/tls/crl';

/** Certificates of the server and the CA of its clients: `tls`. */
export const tls: Feature = {
  name: 'tls',
  resolve: (props, basics) => {
    const common: Contribution = { reservedParameters: TLS_PARAMETERS };
    if (!basics.tls || props.tls === undefined) { return { ...common, parameters: [{ parameter: ['ssl', false], rank: PARAMETER_RANK.TLS }] }; }
    const { commonName, dnsNames, ipAddresses } = basics.serverNames;
    const certificate = certificatePlan(basics, props, {
      alias: CertificateAlias.SERVER,
      rank: RANK.FIRST,
      annotations: trustAnnotations(basics.trustedServerCas),
      identity: { commonName, dnsNames, ipAddresses, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.SERVER_AUTH] },
    });
    const { certificateRevocationList: list } = props.tls;
    return {
      ...common,
      certificates: [certificate],
      parameters: tlsParameters(props.tls, basics, list && `${REVOCATION_LIST}/${list.key}`),
      volumes: [
        { name: 'server-cert', mountPath: SERVER_CERTIFICATE, readOnly: true, users: SERVER_SIDE, rank: RANK.FOURTH, source: secretSource(certificate.secretName) },
        ...(list ? [{ name: 'crl', mountPath: REVOCATION_LIST, readOnly: true, users: SERVER_SIDE, rank: RANK.AFTER, source: listSource(list) }] : []),
      ],
      variables: [
        { container: 'reloader', rank: RANK.SECOND, variable: { name: 'SERVER_CERTIFICATE', value: `${SERVER_CERTIFICATE}/tls.crt` } },
        ...(list ? [{ container: 'reloader', rank: RANK.THIRD, variable: { name: 'REVOCATION_LIST', value: `${REVOCATION_LIST}/${list.key}` } }] : []),
      ],
    };
  },
  /** There is a client CA if something logs in with a certificate. */
  complete: ({ tls: given }, { name, tls: isOn, certificates, checksClientCertificates, trustedClientCas }) => {
    if (!isOn || given === undefined) { return {}; }
    const isAskedFor = certificates.length > 1 || given.clientCa !== undefined || (checksClientCertificates && trustedClientCas.isIssuedSecret);
    const clientCa = isAskedFor ? resolveClientCa(name, given, certificates) : undefined;
    if (!checksClientCertificates) { return { clientCa }; }
    const file = `${CLIENT_CA}/ca.crt`;
    return {
      clientCa,
      // Only where it is needed: once set, a client certificate of another CA ends the handshake with every method.
      parameters: [{ parameter: ['ssl_ca_file', file], rank: PARAMETER_RANK.TLS_CLIENTS }],
      volumes: [{
        name: 'client-ca', mountPath: CLIENT_CA, readOnly: true, users: SERVER_SIDE, rank: RANK.FOURTH,
        // Only the certificate: the server must not get the private key of the CA or of a client.
        source: caSource(trustedClientCas, clientCa?.secretName ?? ''),
      }],
      variables: [{ container: 'reloader', rank: RANK.SECOND, variable: { name: 'CLIENT_AUTHORITIES', value: file } }],
    };
  },
  rules: () => TLS_RULES,
  writtenRules: NAME_RULES,
};

function listSource({ _source, name, key }: CertificateRevocationList) {
  const items = [{ key, path: key }];
  return _source === 'secret' ? secretSource(name, items) : configMapSource(name, items);
}

/** The source of the root CA certificate for clients, for the rules: a Certificate does not show that clients do not use `ca.crt` in its Secret. */
function trustAnnotations({ configMapName, secretName, isIssuedSecret }: TrustSource): Record<string, string> | undefined {
  return isIssuedSecret ? undefined : { [TRUSTED_SERVER_CAS_ANNOTATION]: configMapName === undefined ? `Secret/${secretName}` : `ConfigMap/${configMapName}` };
}
