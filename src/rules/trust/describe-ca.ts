/** `the CA in Secret 'new-ca' in namespace 'demo'`, as messages name a CA. */
export function describeCa(identityOfCa: string): string {
  const [type = '', namespace = '', name = ''] = identityOfCa.split('/');
  return `${type === 'Secret' ? 'the CA in Secret' : type.split('.')[0]} '${name}'${namespace === '' ? '' : ` in namespace '${namespace}'`}`;
}
