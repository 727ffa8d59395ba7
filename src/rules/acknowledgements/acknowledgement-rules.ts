import { Rule } from '../engine/rule';
import { Acknowledged } from './acknowledgement-shared';
import { acknowledgementUnused } from './acknowledgement-unused';

/** Rules about acknowledgements, evaluated after all other rules. */
export const ACKNOWLEDGEMENT_RULES: ReadonlyArray<Rule<Acknowledged>> = [
  acknowledgementUnused,
];
