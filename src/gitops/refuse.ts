import type { IConstruct } from 'constructs';

/** Throws one error for all faults in the properties of a construct. */
export function refuse({ node: { path } }: IConstruct, faults: ReadonlyArray<string | undefined>): void {
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length === 0) { return; }
  const place = path === '' ? '' : `[${path}] `;
  throw new Error(found.length === 1 ? `${place}${found[0]}` : `${place}${found.length} properties are wrong:\n${found.map((fault) => `- ${fault}`).join('\n')}`);
}
