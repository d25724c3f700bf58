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
  return Object.hasOwn(REASONS, code) ? (REASONS[code] ?? null) : `the system says ${code}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EBUSY: 'in use by another program',
  EISDIR: 'it is a folder',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many links lead to each other',
  EMFILE: 'too many open files',
  EIO: 'the disk reports an error',
  EDQUOT: 'no space left in the quota',
  EFBIG: 'the file is too large for the disk',
  ENFILE: 'too many open files',
  EPIPE: 'nobody reads it any more',
  ESTALE: 'the network folder is gone',
  ETIMEDOUT: 'the network folder does not answer',
};
