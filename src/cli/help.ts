import type { Rendering } from '../render/renderings.js';
import { evidenceLines } from './list-command.js';

/** Stands below the options of `portmortem --help`. */
export const PROGRAM_HELP = `
Examples:
  portmortem D:\\evidence                         one report from everything in the folder
  portmortem analyze D:\\evidence --host RDSH01   the same by its command, with options
  portmortem analyze System.xml netstat.txt -o ticket.html -o ticket.json
  portmortem sample                              a report of a capture that ships with the program

portmortem PATH is short for portmortem analyze PATH. The name of a command wins: a folder that is
called so is ./sample or .\\sample.

Exit codes:
  0    done
  2    the command line is wrong, or a path cannot be read or written
  3    nothing usable in the input
  5    an output exists already (see --force)
  70   a bug in portmortem
  129  the terminal was closed (SIGHUP)
  130  interrupted (SIGINT)
  143  terminated (SIGTERM)

Nothing is sent anywhere: evidence is read and reports are written on this machine only.
`;

/** Stands below the options of `portmortem analyze --help`. */
export function analyzeHelp(renderings: readonly Rendering[]): string {
  const width = Math.max(...renderings.map(({ suffix }) => suffix.length));
  const kinds = renderings.map(({ suffix, description }) => `    ${suffix.padEnd(width)}  ${description}`);
  return `${EVIDENCE_HELP}
Output:
  -o may be repeated; a folder that is missing is made; the end of the name decides what is written:
${kinds.join('\n')}
${OUTPUT_AND_MORE_HELP}`;
}

const EVIDENCE_HELP = `
Paths are files, folders (read with all folders below, but not through links that lead outside) or
- for standard input; * and ? stand for the names that fit. A file is recognised by its content; its
name and extension do not matter.
Read are:
${evidenceLines().join('\n')}

Every format, with a sample: portmortem list formats
`;

const OUTPUT_AND_MORE_HELP = `  Without -o the page is written into the current folder as
  HOST_2026-03-02T10-15-00Z.portmortem.html: the host ("capture" for several) and the start of the
  worst incident, else the newest snapshot, else the moment of the report, in UTC.
  Standard output gets the paths written, one a line. On a terminal, or with -v, a summary goes to
  standard error. Reports of this program are not evidence, whatever they are called.

Times:
  --from and --to are 2026-03-02T09:40:00Z, 2026-03-02T10:40+01:00, or without an offset in the zone
  of --timezone, else in that of the host, where the evidence tells it; a date alone is the whole
  day.

Environment:
  NO_COLOR            no colours on a terminal
  SOURCE_DATE_EPOCH   the moment of the report in seconds since 1970, to repeat a report to the byte

Examples:
  portmortem analyze D:\\evidence --timezone +01:00
  portmortem analyze . --from 2026-03-02T09:00Z --to 2026-03-02T11:00Z -o incident.html --force
  portmortem analyze netstat.txt --range 49152:16384 --time-wait 120
  netstat -ano | portmortem analyze - -o now.html

Exit codes: 0 done, 2 usage, 3 nothing usable, 5 output exists, 70 a bug, 129 hung up,
130 interrupted, 143 terminated.
`;

/** Stands below the options of `portmortem sample --help`. */
export const SAMPLE_HELP = `
Analyses the capture of a remote desktop host that ships with the program, writes report.html and
report.json into the current folder unless -o says otherwise, and prints the verdict and the paths.
`;
