/** The call that declares a pooler, as a message and a field name it. */
export function callOf(name: string): string {
  return `addPooler('${name}')`;
}
