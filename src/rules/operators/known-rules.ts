import { displayName, inNamespace } from '../../kubernetes';
import { lacksExtendedUsage, producesKey } from '../../pki';
import { libpqMatchesHost, refusedRow } from '../../postgresql';
import {
  declaredElsewhere, keysHeld, type OperatorClients, operatorCertificate, type OperatorDatabase, operatorRefusal, type OperatorSecret, type StepName,
} from '../../workloads';
import type { Rule } from '../engine/rule';
import { caCertificateAsLeaf } from '../mounts/ca-certificate-as-leaf';
import { secretOrConfigMapInOtherNamespace } from '../pods/secret-or-config-map-in-other-namespace';
import { secretOrConfigMapKeyMissing } from '../pods/secret-or-config-map-key-missing';
import { caCrtMissing } from '../servers/ca-crt-missing';
import { clientWithoutCertificate } from '../servers/client-without-certificate';
import { commonNameNotRole } from '../servers/common-name-not-role';
import { ed25519WithoutChannelBinding } from '../servers/ed25519-without-channel-binding';
import { extendedKeyUsageMissing } from '../servers/extended-key-usage-missing';
import { hbaPlaintextPassword } from '../servers/hba-plaintext-password';
import { hbaRejectsClient } from '../servers/hba-rejects-client';
import { hbaRowInvalid } from '../servers/hba-row-invalid';
import { hostNotInServerCertificate } from '../servers/host-not-in-server-certificate';
import { plaintextBeside } from '../servers/plaintext-beside';
import { withError } from '../servers/report-refusals';
import { selfSignedPeersWithoutCommonCa } from '../servers/self-signed-peers-without-common-ca';

/** Rules for servers in pods that also apply to databases of operators, with the places of their objects. */
export const KNOWN_RULES: ReadonlyArray<Rule<OperatorDatabase>> = [
  {
    ...hbaRowInvalid,
    check: ({ writtenRows }, report) => {
      for (const { row, field } of writtenRows) {
        const fault = refusedRow(row);
        if (fault !== undefined) { report(field, `the row '${row.text}' ${fault}`); }
      }
    },
  },
  {
    ...hbaPlaintextPassword,
    check: ({ writtenRows, hba, operator }, report) => {
      const rows = hba?.rows ?? [];
      const certificates = writtenRows.filter(({ row }) => row.type === 'hostssl' && row.method === 'cert');
      for (const plain of new Set(certificates.flatMap(({ row }) => plaintextBeside(rows, row)))) {
        const isAppended = hba!.appended.includes(plain);
        const field = writtenRows.find(({ row }) => row === plain)?.field ?? certificates[0]!.field.replace(/\[\d+\]$/, '');
        report(field, `the row '${plain.text}'${isAppended ? `, which ${operator} adds after the list,` : ''} accepts plaintext passwords from clients whose certificate was rejected`,
          isAppended ? "end the list with 'hostnossl all all all reject', or acknowledge the warning" : undefined);
      }
    },
  },
  {
    ...ed25519WithoutChannelBinding,
    check: (database, report) => {
      const [secret, certificate] = serverOf(database);
      const signer = certificate?.signsItself === true ? certificate : certificate?.issuingCa;
      const row = signer?.keyAlgorithm === 'Ed25519' ? database.hba?.rows.find(({ type, method }) => (type === 'host' || type === 'hostssl') && (method === 'scram-sha-256' || method === 'md5')) : undefined;
      if (row !== undefined) {
        report(secret!.field, `${displayName(certificate!.at)} is signed with the Ed25519 key of ${displayName(signer!.at)}, but the row '${row.text}' uses passwords, which libpq binds to the TLS channel`);
      }
    },
  },
  {
    ...extendedKeyUsageMissing,
    check: (database, report) => {
      for (const [secret, certificate] of leavesOf(database)) {
        const usage = secret.purpose === 'server certificate' ? 'server auth' : 'client auth';
        if (lacksExtendedUsage(certificate, usage)) {
          report(secret.field, `${displayName(certificate.at)} is the ${secret.purpose}, but has the extended key usages ${certificate.extendedKeyUsages.map((other) => `'${other}'`).join(', ')} and not '${usage}'`);
        }
      }
    },
  },
  {
    ...caCertificateAsLeaf,
    check: (database, report) => {
      for (const [secret, certificate] of leavesOf(database)) {
        if (certificate.isCa) { report(secret.field, `the ${secret.purpose} is ${displayName(certificate.at)}, which is a CA certificate (isCA)`); }
      }
    },
  },
  {
    ...caCrtMissing,
    check: (database, report) => {
      for (const { name, field } of missingKeys(database).filter(({ key }) => key === 'ca.crt')) {
        report(field, `${database.operator} reads ca.crt of Secret '${name}', which its issuer does not provide`);
      }
    },
    fix: 'use an issuer that provides ca.crt, or name a Secret with the CA certificate',
  },
  {
    ...secretOrConfigMapKeyMissing,
    check: (database, report) => {
      const { secrets, manifests, at } = database;
      for (const { key, name, field, by } of missingKeys(database).filter((missing) => missing.key !== 'ca.crt')) {
        report(field, `${database.operator} reads key '${key}' of Secret '${name}', which ${displayName(by)} does not write`);
      }
      for (const { name, keys } of secrets) {
        const held = operatorCertificate(database, name) === undefined ? keysHeld({ at }, manifests, { kind: 'Secret', name }) : undefined;
        for (const { key, field } of keys.filter((used) => held?.has(used.key) === false)) {
          report(field, `${database.operator} reads key '${key}' of Secret '${name}', which contains only ${[...held!].slice(0, 4).map((other) => `'${other}'`).join(', ')}`);
        }
      }
    },
    fix: 'use a key that the Secret contains, or add the key',
  },
  {
    ...secretOrConfigMapInOtherNamespace,
    check: ({ secrets, manifests, at, operator }, report) => {
      for (const { name, field } of secrets.filter((secret, index) => secrets.findIndex((other) => other.name === secret.name) === index)) {
        const by = declaredElsewhere({ at }, manifests, { kind: 'Secret', name });
        if (by !== undefined) {
          report(field, `${operator} reads Secret '${name}'${inNamespace(at.namespace)}, but ${by.kind === 'Secret' ? 'it is declared' : `${displayName(by)} writes it`}${inNamespace(by.namespace)}`);
        }
      }
    },
    fix: 'declare it in the namespace of the database, or acknowledge the warning if it is copied there or another app creates it',
  },
  {
    ...hostNotInServerCertificate,
    check: (database, report) => {
      for (const { host, field, secret } of database.poolerConnections) {
        const certificate = operatorCertificate(database, secret);
        if (certificate !== undefined && !libpqMatchesHost(host, certificate)) {
          report(field, `PgBouncer connects to '${host}' with server_tls_sslmode=verify-full, which the server's ${displayName(certificate.at)} does not contain`);
        }
      }
    },
    fix: 'add the host to dnsNames of the Certificate',
  },
];

/** The first refusals of clients that connect to Services of operators, by the rule that reports them. */
export const KNOWN_CLIENT_RULES: ReadonlyArray<Rule<OperatorClients>> = [
  refusedAt(hostNotInServerCertificate, 'host-name'), refusedAt(selfSignedPeersWithoutCommonCa, 'self-signed-server'), refusedAt(hbaRejectsClient, 'hba-row'),
  refusedAt(clientWithoutCertificate, 'client-certificate'), refusedAt(commonNameNotRole, 'role'),
];

function refusedAt(rule: Omit<Rule<never>, 'check'>, step: StepName): Rule<OperatorClients> {
  return {
    ...rule,
    check: ({ connections }, report) => {
      const refusals = connections.map(operatorRefusal).filter((refused) => refused?.name === step).map((refused) => refused!.refusal);
      for (const [problem, { field }] of new Map(refusals.map((refusal) => [withError(refusal), refusal]))) { report(field, problem); }
    },
  };
}

function serverOf(database: OperatorDatabase): readonly [OperatorSecret | undefined, ReturnType<typeof operatorCertificate>] {
  const secret = database.secrets.find(({ purpose }) => purpose === 'server certificate');
  return [secret, operatorCertificate(database, secret?.name)];
}

/** The Certificates that are presented to a peer. */
function leavesOf(database: OperatorDatabase) {
  return database.secrets.filter(({ purpose }) => purpose === 'server certificate' || purpose === 'replication certificate').flatMap((secret) => {
    const certificate = operatorCertificate(database, secret.name);
    return certificate === undefined ? [] : [[secret, certificate] as const];
  });
}

/** Keys that the Certificates of an operator's Secrets do not write, each once. */
function missingKeys(database: OperatorDatabase) {
  const missing = database.secrets.flatMap(({ name, keys }) => {
    const certificate = operatorCertificate(database, name);
    return certificate === undefined ? [] : keys.filter(({ key }) => producesKey(certificate, key) === false).map(({ key, field }) => ({ key, field, name, by: certificate.at }));
  });
  return missing.filter(({ key, name }, index) => missing.findIndex((other) => other.key === key && other.name === name) === index);
}
