import { strings } from '../../data';
import { isAscii, unissuableUri } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const uriNotCanonical: Rule<CertificateNode> = {
  id: 'uri-not-canonical',
  code: 'PGTLS-B08',
  title: 'URI not in canonical form',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/util/pki/match.go; Go net/url',
  check: ({ spec }) =>
    strings(spec['uris']).filter(isAscii).flatMap((uri) => {
      const fault = unissuableUri(uri);
      return when(fault !== undefined, () => `uris entry '${uri}' ${fault}`);
    }),
  fix: 'write it as Go prints it: lower-case scheme, no spaces, special characters percent-encoded, no empty fragment',
};
