import type { KubeDbRule, KubeDbRules } from '../kubedb-rules';
import { Answer, became, changed, GO_DURATION, MAPPING, NAME, oneOf, Refused, refused, same, TEXT, TEXTS, unsupported, ValueType } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { isGiven, mapping, Mapping, mappings, text } from '../../../data';
import { durationExpression } from '../../amounts';
import { call, Constant, Expression, fields, literal, Variable } from '../../expression';

const ALIASES: Readonly<Record<string, string>> = { 'server': 'server', 'client': 'client', 'metrics-exporter': 'metricsExporter' };
const SUBJECT = ['organizations', 'countries', 'organizationalUnits', 'localities', 'provinces', 'streetAddresses', 'postalCodes', 'serialNumber'];
const SUBJECT_TYPE: ValueType = {
  name: 'a mapping of lists of texts, and serialNumber of a text',
  accepts: (value) => MAPPING.accepts(value) && Object.entries(mapping(value)).every(([name, part]) => (name === 'serialNumber' ? TEXT : TEXTS).accepts(part) || !SUBJECT.includes(name)),
};
const REFERENCE = ['apiGroup', 'kind', 'name'];

/** Certificates. */
export const TLS_FIELDS: KubeDbRules = {
  'spec.tls.issuerRef': {
    is: MAPPING,
    knows: REFERENCE,
    take: (value, context) => withIssuer(mapping(value), context),
    absent: (context) => {
      if (!context.hasTls) { return undefined; }
      const { issuerRef } = certificate(context, 'server');
      return isGiven(issuerRef) ? { ...same('the issuer of the server'), props: clientCa(context, context.issuer(mapping(issuerRef))) }
        : refused('is missing', 'set the Issuer or ClusterIssuer that signs the certificates');
    },
  },
  'spec.tls.certificates[].alias': {
    is: oneOf('server', 'client', 'metrics-exporter', 'archiver'),
    take: (value, context, item) => {
      const alias = String(value);
      if (certificate(context, alias) !== item) { return refused(`'${alias}' occurs twice`, 'merge the two'); }
      if (alias === 'archiver') { return unsupported('the certificate of the WAL archiver: archives of WAL are planned'); }
      return notIssued(context, alias) ?? same(Object.keys(item).length === 1 ? 'no options' : `property 'tls.certificates.${ALIASES[alias]!}'`);
    },
  },
  'spec.tls.certificates[].issuerRef': ofCertificate(MAPPING, (value, context, alias) => {
    const fault = referenceFault(mapping(value));
    if (fault !== undefined) { return fault; }
    const issuer = context.issuer(mapping(value));
    if (alias === 'server') { return became(isGiven(mapping(context.spec['tls'])['issuerRef']) ? 'tls.certificates.server.issuer' : 'tls.issuer', issuer); }
    return alias === 'client' ? became('tls.clientCa', call('ClientCa.shared', issuer)) : became('tls.certificates.metricsExporter.issuer', issuer);
  }, REFERENCE),
  'spec.tls.certificates[].secretName': option(NAME, 'secretName'),
  'spec.tls.certificates[].subject': option(SUBJECT_TYPE, 'subject', literal, SUBJECT),
  'spec.tls.certificates[].duration': option(GO_DURATION, 'duration', durationExpression),
  'spec.tls.certificates[].renewBefore': option(GO_DURATION, 'renewBefore', durationExpression),
  'spec.tls.certificates[].dnsNames': option(TEXTS, 'dnsNames'),
  'spec.tls.certificates[].ipAddresses': option(TEXTS, 'ipAddresses'),
  'spec.tls.certificates[].uris': option(TEXTS, 'uris'),
  'spec.tls.certificates[].emailAddresses': option(TEXTS, 'emailAddresses'),
  'spec.tls.certificates[].privateKey': ofCertificate(MAPPING, (value, _, alias) => {
    const encoding = text(mapping(value)['encoding']);
    if (encoding === '') { return same('no options'); }
    if (encoding !== 'PKCS1' && encoding !== 'PKCS8') { return refused(`has encoding '${encoding}'`, 'use PKCS1 or PKCS8'); }
    return changed(`property '${propertyOf(alias)}.privateKey': an ECDSA key; KubeDB leaves it to cert-manager, RSA with 2048 bits`,
      [[`${propertyOf(alias)}.privateKey`, call('PrivateKey.ecdsa', 256, fields({ encoding: new Constant(`PrivateKeyEncoding.${encoding}`) }))]]);
  }, ['encoding']),
};

function option(is: ValueType, name: string, convert: (value: unknown) => Expression | undefined = literal, knows?: ReadonlyArray<string>): KubeDbRule {
  return ofCertificate(is, (value, _, alias) => became(`${propertyOf(alias)}.${name}`, convert(value)!), knows);
}

/** A field of one certificate; without an effect if the certificate is not issued. */
function ofCertificate(is: ValueType, take: (value: unknown, context: KubeDbContext, alias: string) => Answer, knows?: ReadonlyArray<string>): KubeDbRule {
  return {
    is,
    ...(knows === undefined ? {} : { knows }),
    take: (value, context, item) => {
      const alias = text(item['alias']);
      // Without an alias, that is the fault.
      return ALIASES[alias] === undefined ? changed('left out with its alias') : notIssued(context, alias) ?? take(value, context, alias);
    },
  };
}

function notIssued({ usesCertificates, hasMonitor, name, clientAuthMode }: KubeDbContext, alias: string): Answer | undefined {
  if (alias === 'client' && !usesCertificates) {
    return changed(`left out: with clientAuthMode ${clientAuthMode} nothing logs in as 'postgres' with a certificate, and none is issued; clients find the CA certificate in ca.crt of the Secret of the server's certificate, by default ${name}-server-cert`);
  }
  return alias === 'metrics-exporter' && !hasMonitor ? changed('left out: without spec.monitor there is no exporter, and no certificate is issued for it') : undefined;
}

function propertyOf(alias: string): string {
  return `tls.certificates.${ALIASES[alias]!}`;
}

function certificate({ spec }: KubeDbContext, alias: string): Mapping {
  return mappings(mapping(spec['tls'])['certificates']).find((other) => other['alias'] === alias) ?? {};
}

function withIssuer(reference: Mapping, context: KubeDbContext): Answer {
  const fault = referenceFault(reference);
  if (fault !== undefined) { return fault; }
  const issuer = context.issuer(reference);
  return { ...same("property 'tls.issuer'; as with KubeDB it signs all certificates: everyone who may request one can log in as any role that logs in with a certificate"), props: [['tls.issuer', issuer], ...clientCa(context, issuer)] };
}

/** KubeDB's issuer signs the certificates of clients as well. */
function clientCa(context: KubeDbContext, issuer: Variable): Array<readonly [string, Expression]> {
  const isNeeded = context.usesCertificates || context.hasMonitor;
  const hasOwn = context.usesCertificates && isGiven(certificate(context, 'client')['issuerRef']);
  return isNeeded && !hasOwn ? [['tls.clientCa', call('ClientCa.shared', issuer)]] : [];
}

function referenceFault({ apiGroup, kind, name }: Mapping): Refused | undefined {
  if (typeof name !== 'string' || name === '') { return refused('has no name', 'set the name of the issuer'); }
  const isOwn = apiGroup === undefined || apiGroup === 'cert-manager.io' || apiGroup === '';
  return isOwn && kind !== undefined && kind !== 'Issuer' && kind !== 'ClusterIssuer' ? refused(`has kind '${text(kind)}'`, 'use Issuer or ClusterIssuer, or set the apiGroup of the issuer') : undefined;
}
