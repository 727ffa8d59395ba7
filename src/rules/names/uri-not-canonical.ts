import { forEachString } from '../../data';
import { isAscii, unissuableUri } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, goFile } from '../engine/sources';

export const uriNotCanonical: Rule<CertificateNode> = {
  id: 'uri-not-canonical',
  code: 'PGTLS-B08',
  title: 'URI not in canonical form',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/util/pki/match.go'), goFile('net/url/url.go')],
  check: ({ spec }, report) => {
    forEachString(spec['uris'], (uri, index) => {
      const fault = isAscii(uri) ? unissuableUri(uri) : undefined;
      if (fault !== undefined) { report(`spec.uris[${index}]`, `uris entry '${uri}' ${fault}`); }
    });
  },
  fix: 'write it as Go prints it: lower-case scheme, no spaces, special characters percent-encoded, no empty fragment',
};
