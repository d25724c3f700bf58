import type { ProblemCode } from '../../model/format.js';
import { isNetstatTitle } from './console-language.js';

// tcp        0      0 0.0.0.0:993             0.0.0.0:*               LISTEN      1558/dovecot   (Linux)
// LISTEN  0       128      0.0.0.0:22       0.0.0.0:*    users:(("sshd",pid=812,fd=3))           (Linux, ss)
// tcp4       0      0  10.0.0.5.53421         203.0.113.9.443         ESTABLISHED                (macOS)
const LINUX_ROW = /^(?:tcp|udp)6?\s+\d+\s+\d+\s+\S+:(?:\d+|\*|[a-z][\w-]*)\s+\S+:(?:\d+|\*|[a-z][\w-]*)(?:\s|$)/m;
const LINUX_HEADING = /^(?:Proto\s+Recv-Q\s+Send-Q\s|(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s)/m;
const MACOS_ROW =
  /^(?:tcp|udp)(?:4|6|46)?\s+\d+\s+\d+\s+\S+\.(?:\d+|\*|[a-z][\w-]*)\s+\S+\.(?:\d+|\*|[a-z][\w-]*)(?:\s|$)/m;

/** A short sentence about rights that are higher, as Windows says it in each language; its letters may have arrived wrong. */
const ELEVATION =
  /requires elevation|erfordert erh.{1,3}hte Rechte|n.{1,3}cessite une .{1,3}l.{1,3}vation|requiere elevaci|requer eleva|richiede l.{0,3}elevazione|требует повышения|需要提升|需要提高|昇格が必要|管理者特権|권한 상승/iu;
const LONGEST_SENTENCE = 120;

/** What a console printed that has nothing to read: the table of another system, a refusal, a heading without rows. */
export function refusal(text: string): ProblemCode | null {
  // macOS sets ports apart with a dot, so that its rows are none of Linux; both have the heading.
  if (LINUX_ROW.test(text)) return 'wrong-tool';
  if (MACOS_ROW.test(text)) return 'macos-table';
  if (LINUX_HEADING.test(text)) return 'wrong-tool';
  const lines = text.split(/\r?\n/);
  if (lines.some((line) => needsElevation(line))) return 'needs-elevation';
  return lines.some(isNetstatTitle) ? 'heading-only' : null;
}

/** True for the line by which a command says that it may not run: `netstat -b` in a prompt that is none of an administrator. */
export function needsElevation(line: string): boolean {
  return line.length <= LONGEST_SENTENCE && ELEVATION.test(line);
}
