export const hypothesisWords = {} as const;
