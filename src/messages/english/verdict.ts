export const verdictWords = {} as const;
