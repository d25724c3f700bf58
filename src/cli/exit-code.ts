/** What the process tells its caller; documented in `--help`. 1 and 4 are kept for gates and redaction. */
export const ExitCode = {
  done: 0,
  usage: 2,
  nothingUsable: 3,
  outputExists: 5,
  bug: 70,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
