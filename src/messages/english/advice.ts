export const adviceWords = {} as const;
