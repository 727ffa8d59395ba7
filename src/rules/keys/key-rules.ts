import { derKeyNotPkcs8 } from './der-key-not-pkcs8';
import { ed25519KeySize } from './ed25519-key-size';
import { keySizeUnsupported } from './key-size-unsupported';
import { keystorePasswordInPlainText } from './keystore-password-in-plain-text';
import { keystorePasswordRefWithoutKey } from './keystore-password-ref-without-key';
import { keystorePasswordSource } from './keystore-password-source';
import { keystoreRc2 } from './keystore-rc2';
import { outputFormatDuplicate } from './output-format-duplicate';
import { rsaKeyTooLarge } from './rsa-key-too-large';
import { signatureAlgorithmMismatch } from './signature-algorithm-mismatch';
import { ruleTable } from '../engine/rule-table';

/** Rules about private keys and output formats. The schema rule rejects unknown enum values (PGTLS-A13). */
export const KEY_RULES = ruleTable(({ certificates }) => certificates, [
  keySizeUnsupported,
  signatureAlgorithmMismatch,
  derKeyNotPkcs8,
  outputFormatDuplicate,
  keystorePasswordSource,
  ed25519KeySize,
  rsaKeyTooLarge,
  keystorePasswordInPlainText,
  keystoreRc2,
  keystorePasswordRefWithoutKey,
]);
