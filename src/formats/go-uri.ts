import { isIpAddress } from './ip-address';

/** Characters that Go does not change in a path or fragment (net/url, validEncoded). */
const PATH = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@[\]/]|%[0-9A-Fa-f]{2})*$/;
const USER = /^(?:[A-Za-z0-9\-._~$&+,;=]|%[0-9A-F]{2})*$/;
const HOST_LABEL = /^[A-Za-z0-9!$&'()*+,;=_~-]+$/;

/**
 * Why cert-manager cannot obtain a certificate with this URI, or undefined if it can.
 *
 * Go must parse it (net/url; crypto/x509 for the host) and print it unchanged: what it prints differently never matches the
 * Certificate, and cert-manager creates one CertificateRequest after the other. Source: cert-manager pkg/util/pki/match.go, RequestMatchesSpec.
 */
export function unissuableUri(uri: string): string | undefined {
  const scheme = uri.match(/^([A-Za-z][A-Za-z0-9+.-]*):/)?.[1];
  if (scheme === undefined) { return 'has no scheme'; }
  if (scheme !== scheme.toLowerCase()) { return `has the scheme ${scheme}, which Go prints in lower case`; }
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x20\x7f]/.test(uri)) { return 'contains a space or a control character'; }
  const [beforeFragment, ...fragment] = uri.slice(scheme.length + 1).split('#');
  if (fragment.length > 0 && (fragment[0] === '' || !isKept(fragment.join('#').replaceAll('?', '')))) { return 'has a fragment that Go prints differently'; }
  const rest = beforeFragment!.replace(/\?[\s\S]*$/, '');
  if (rest === '') { return 'is empty after the scheme'; }
  if (!rest.startsWith('/')) { return undefined; }
  const [, authority, path = rest] = rest.match(/^\/\/([^/]*)([\s\S]*)$/) ?? [];
  if (!isKept(path)) { return 'has a path that Go prints differently (percent-encode it)'; }
  if (authority === undefined) { return undefined; }
  return authority === '' && path === '' ? 'is empty after the scheme' : faultOfAuthority(authority);
}

function isKept(part: string): boolean {
  return PATH.test(part);
}

function faultOfAuthority(authority: string): string | undefined {
  const [, user = '', host = ''] = authority.match(/^(?:([\s\S]*)@)?([^@]*)$/) ?? [];
  if (!user.split(':').every((part) => USER.test(part))) { return 'has user information that Go prints differently'; }
  if (host === '') { return undefined; }
  const [, literal, name = '', port = ''] = host.match(/^(?:\[(.*)\]|([^:]*))(:.*)?$/) ?? [];
  const isHost = literal === undefined ? name.split('.').every((label) => HOST_LABEL.test(label)) : literal.includes(':') && isIpAddress(literal);
  return isHost && /^(:\d*)?$/.test(port) ? undefined : `has the host '${host}', which is not a domain name`;
}
