import { ExitCode } from './exit-code.js';

/** Something only the user can put right: printed as one line, `what: why; what to do`, never with a stack. */
export class UserError extends Error {
  readonly exitCode: ExitCode;

  constructor(what: string, why: string, whatToDo: string, exitCode: ExitCode = ExitCode.usage) {
    super(`${what}: ${why}; ${whatToDo}`);
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}
