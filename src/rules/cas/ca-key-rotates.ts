import { text, valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { CertificateNode, hasTrustOverlap } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const caKeyRotates: Rule<CertificateNode> = {
  id: 'ca-key-rotates',
  code: 'PGTLS-E05',
  title: 'root CA whose private key changes on renewal',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager 1.18: the default rotationPolicy is Always; leaves are not reissued when their CA changes',
  check: (certificate) => {
    const { isCa, isRenewed, rotatesKey, signsItself, signsFor, spec } = certificate;
    const [issuer] = signsFor;
    // The key of an intermediate CA may change: servers send the intermediate certificate with their own.
    return when(isCa && isRenewed && rotatesKey && signsItself && issuer !== undefined && !hasTrustOverlap(certificate), () => {
      const policy = text(valueAt(spec, 'privateKey.rotationPolicy'));
      return `privateKey.rotationPolicy is ${policy === '' ? 'Always (the default)' : policy} and ${displayName(issuer!.at)} signs with this key: `
        + 'after a renewal, peers that trust the new CA certificate reject certificates that the old key signed';
    });
  },
  fix: 'set privateKey.rotationPolicy to Never, or let peers trust the old and the new CA certificate with a Bundle of both',
};
