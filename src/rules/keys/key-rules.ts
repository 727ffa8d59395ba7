import { ruleTable } from '../engine/rule-table';
import { keySizeUnsupported } from './key-size-unsupported';
import { signatureAlgorithmMismatch } from './signature-algorithm-mismatch';
import { derKeyNotPkcs8 } from './der-key-not-pkcs8';
import { outputFormatDuplicate } from './output-format-duplicate';
import { keystorePasswordSource } from './keystore-password-source';
import { ed25519KeySize } from './ed25519-key-size';
import { rsaKeyTooLarge } from './rsa-key-too-large';
import { keystorePasswordInPlainText } from './keystore-password-in-plain-text';
import { keystoreRc2 } from './keystore-rc2';
import { keystorePasswordRefWithoutKey } from './keystore-password-ref-without-key';

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
