/** How far a count lies from what is to be expected by chance, in standard deviations: 2 in nineteen cases of twenty. */
export const USUAL_DEVIATIONS = 2;
/** In all but three cases of a thousand. */
export const RARE_DEVIATIONS = 3;
