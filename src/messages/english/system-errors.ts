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
  ELOOP: 'it is a link, or too many links lead to each other',
  EMFILE: 'too many open files',
  EIO: 'the disk reports an error',
  EDQUOT: 'no space left in the quota',
  EFBIG: 'the file is too large for the disk',
  ENFILE: 'too many open files',
  EPIPE: 'nobody reads it any more',
  ESTALE: 'the network folder is gone',
  ETIMEDOUT: 'the network folder does not answer',
};

/** Why the operating system refused, in words for its code (`EACCES`); what is no code is the platform's own reason and stays. */
export function systemError(reason: string): string {
  if (Object.hasOwn(REASONS, reason)) return REASONS[reason] ?? reason;
  return /^E[A-Z0-9]+$/.test(reason) ? `the system says ${reason}` : reason;
}
