import { text, valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { type CertificateNode, hasTrustOverlap } from '../../pki';
import { isInjectedWithEachLeaf } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const caKeyRotates: Rule<CertificateNode> = {
  id: 'ca-key-rotates',
  code: 'PGTLS-E05',
  title: 'root CA whose private key changes on renewal',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/apis/certmanager/v1/types_certificate.go', 'since 1.18 the default rotationPolicy is Always'),
    certManagerFile('internal/controller/certificates/policies/checks.go', 'leaves are not reissued when their CA changes'),
    certManagerFile('pkg/controller/cainjector/sources.go', 'cainjector copies ca.crt from the Secret of the Certificate that it is pointed to'),
  ],
  check: (certificate, report) => {
    const { isCa, isRenewed, rotatesKey, signsItself, signsFor, spec } = certificate;
    const [issuer] = signsFor;
    // The key of an intermediate CA may change: servers send the intermediate certificate with their own.
    if (!isCa || !isRenewed || !rotatesKey || !signsItself || issuer === undefined || hasTrustOverlap(certificate)) { return; }
    if (isInjectedWithEachLeaf(certificate)) { return; }
    const policy = text(valueAt(spec, 'privateKey.rotationPolicy'));
    report('spec.privateKey.rotationPolicy', `privateKey.rotationPolicy is ${policy === '' ? 'Always (the default)' : policy} and ${displayName(issuer.at)} signs with this key: `
      + 'after a renewal, peers that trust the new CA certificate reject certificates that the old key signed');
  },
  fix: 'set privateKey.rotationPolicy to Never, or let peers trust the old and the new CA certificate with a Bundle of both',
};
