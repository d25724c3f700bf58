import { languageOf } from '../messages/languages.js';

/** The code by which the operating system refused (`EACCES`), or null when the error is not one of its own. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  // Codes of Node itself begin with ERR_: those are mistakes of a program.
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** Why the operating system refused, in words (`permission denied`), or null when the error is not one of its own. */
export function systemErrorReason(error: unknown): string | null {
  const code = systemErrorCode(error);
  if (code === null) return null;
  return languageOf('en').summary.systemError(code);
}
