import { type Acknowledgements, BITNAMI_TEXT, Conversion, convertBitnamiValues } from '../conversion';
import { readSettings } from '../reading';

/** The variable of the given issuer in an expression. */
export const GIVEN_ISSUER = 'issuer';

/** What a construct is given. */
interface GivenOptions {
  readonly release?: string;
  readonly issuer?: unknown;
  readonly acknowledge?: Acknowledgements;
}

/** The conversion of a values file for a construct. */
export function bitnamiConversion(id: string, yaml: string, { release = id, issuer, acknowledge }: GivenOptions): Conversion {
  return convertBitnamiValues(readSettings(BITNAMI_TEXT, yaml), { release, namespace: '', ...(issuer === undefined ? {} : { issuer: { variable: GIVEN_ISSUER } }) }, acknowledge);
}
