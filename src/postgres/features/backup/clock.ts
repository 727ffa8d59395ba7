/** The time of a synthesis, for the one rule that compares with it; tests replace it. */
export const clock = { now: (): number => Date.now() };
