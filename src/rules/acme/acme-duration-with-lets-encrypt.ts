import { text } from '../../data';
import { isLetsEncrypt, TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const acmeDurationWithLetsEncrypt: Rule<TypedIssuer> = {
  id: 'acme-duration-with-lets-encrypt',
  code: 'PGTLS-I46',
  title: "enableDurationFeature with Let's Encrypt",
  consequence: Consequence.NEVER_READY,
  source: "Let's Encrypt rejects orders with notAfter; cert-manager types_issuer.go, enableDurationFeature",
  check: ({ source }) => when(
    source['enableDurationFeature'] === true && isLetsEncrypt(text(source['server'])),
    () => `acme.enableDurationFeature is set for '${text(source['server'])}', which rejects orders with a lifetime`,
  ),
  fix: 'remove enableDurationFeature; the profile defines the lifetime',
};
