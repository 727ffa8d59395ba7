import type { Acknowledged } from './acknowledged';
import { acknowledgementUnused } from './acknowledgement-unused';
import type { Rule } from '../engine/rule';

/** Rules about acknowledgements, evaluated after all other rules. */
export const ACKNOWLEDGEMENT_RULES: ReadonlyArray<Rule<Acknowledged>> = [
  acknowledgementUnused,
];
