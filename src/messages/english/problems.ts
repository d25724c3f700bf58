import type { ProblemCode, UnreadCode } from '../../model/format.js';
import { counted } from './figures.js';
import { systemError } from './system-errors.js';

type ProblemText = (p: { count: number }) => string;
type UnreadText = (p: { count: number; reason: string }) => string;

const TABLE = 'netstat -anoq > netstat.txt';
const TABLE_WITH_OWNERS = 'netstat -anobq > netstat.txt';

/** What went wrong with a file: what, and what became of it. */
export const problemWords = {
  'problem.empty-file': () => 'The file is empty.',
  'problem.not-recognised': () =>
    'Nothing in this file (its first 4 MiB) looks like an event log, a port table or a setting this program reads; it was left out.',
  'problem.binary-file': () => 'This is a binary file; it was left out.',
  'problem.binary-evtx': () =>
    'This is a binary event log. Export it as XML: wevtutil qe System.evtx /lf:true /f:xml > System.xml',
  'problem.wrong-tool': () =>
    `This is a port table of another operating system; only Windows netstat and Get-NetTCPConnection are read. Linux prints such tables; on the Windows host: ${TABLE}`,
  'problem.macos-table': () =>
    `This is a port table of macOS or another Unix, not of Windows; it was left out. On the Windows host: ${TABLE}`,
  'problem.image-file': () =>
    `This is a picture, and no text is read from pictures; it was left out. Collect the text: ${TABLE}`,
  'problem.pdf-file': () => `This is a PDF; it was left out. Copy its text into a .txt file, or collect anew: ${TABLE}`,
  'problem.word-document': () =>
    `This is a Word document or rich text; it was left out. Save it as plain text (.txt), or collect anew: ${TABLE}`,
  'problem.workbook': () => 'This is an Excel workbook; it was left out. Save each of its sheets as CSV.',
  'problem.outlook-mail': () =>
    'This is a mail of Outlook; it was left out. Save its text as .txt and its attachments as files.',
  'problem.archive-file': () => 'This is an archive; it was left out. Unpack it and name the folder.',
  'problem.packet-capture': () =>
    `This is a packet capture: it shows packets, not who holds ports; it was left out. Collect a port table: ${TABLE}`,
  'problem.memory-dump': () =>
    `This is a memory dump; it was left out. Who holds ports is told by a port table: ${TABLE}`,
  'problem.registry-hive': () =>
    'This is a registry hive; it was left out. Print the key: reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters > reg.txt',
  'problem.program-file': () => 'This is a program or a library, no evidence; it was left out.',
  'problem.html-page': () =>
    `This is a web page without a port table or an event; it was left out. Collect the text: ${TABLE}`,
  'problem.json-file': () =>
    'This is JSON without connections, events or processes; it was left out. Export a table: Get-NetTCPConnection | Export-Csv tcp.csv',
  'problem.other-xml': () =>
    'This is XML without events or connections; it was left out. Export the log: wevtutil qe System /f:xml > System.xml',
  'problem.needs-elevation': () =>
    `A command refused to run without administrator rights, and printed no table. In a prompt started as administrator: ${TABLE_WITH_OWNERS}`,
  'problem.counts-only': (p) =>
    `${counted(p.count, 'count')} without the rows that were counted: kept as said, and nothing is judged by ${p.count === 1 ? 'it' : 'them'}. Keep the rows instead (${TABLE}, or Get-NetTCPConnection | Export-Csv tcp.csv).`,
  'problem.heading-only': () =>
    `The heading of a port table without a single row: the command was ended early, or its filter let nothing through. Collect it whole: ${TABLE}`,
  'problem.unreadable-file': (p) => `The file could not be read: ${systemError(p.reason)}.`,
  'problem.partly-read': (p) =>
    `Reading the file broke off before its end: ${systemError(p.reason)}. What stands before that place was kept.`,
  'problem.unreadable-again': (p) =>
    `The file was read once and could not be read again: ${systemError(p.reason)}. Port tables that were still to be counted are missing or "at least", and cited rows may lack their text.`,
  'problem.file-shrank': () =>
    'The file was shorter when it was read than when it was listed; what it still held was kept.',
  'problem.file-grew': () => 'The file has grown since it was listed; what was added was left out.',
  'problem.file-changed': () =>
    'The file changed while it was being analysed: what was read first and what was read later may not fit together. Copy it and analyse the copy.',
  'problem.line-too-long': (p) => `${counted(p.count, 'line')} longer than any row can be; skipped.`,
  'problem.unknown-state': (p) =>
    `${counted(p.count, 'row')} with a state word that is not known; counted as a connection that holds its port.`,
  'problem.taken-for-bound': (p) =>
    `${counted(p.count, 'row')} with a state number that is not documented and nothing at the other end; taken for Bound.`,
  'problem.cut-by-window': (p) =>
    `${counted(p.count, 'row')} in which the window cut an address or a state word ("..."): the port counts, a state where its beginning tells it; Out-File -Width 300 keeps the rest.`,
  'problem.bad-address': (p) => `${counted(p.count, 'row')} with an address that is none; skipped.`,
  'problem.bad-port': (p) => `${counted(p.count, 'row')} with a port outside 0 to 65535; skipped.`,
  'problem.bad-row': (p) => `${counted(p.count, 'row')} that could not be read; skipped.`,
  'problem.bad-number': (p) => `${counted(p.count, 'number')} that could not be read; the value was left out.`,
  'problem.bad-time': (p) => `${counted(p.count, 'time')} that could not be read; treated as unknown.`,
  'problem.no-time': () => 'Nothing in the file, its name or its folder tells when it was captured.',
  'problem.remote-port-name': (p) =>
    `${counted(p.count, 'row')} name the remote port instead of numbering it (netstat without -n); kept under the name.`,
  'problem.missing-column': () => 'There is no State column; the rows are kept, their state is not known.',
  'problem.unclosed-quote': (p) => `${counted(p.count, 'record')} with a quote that never closes; skipped.`,
  'problem.wrong-field-count': (p) =>
    `${counted(p.count, 'record')} with more or fewer fields than the header; skipped.`,
  'problem.truncated-table': (p) =>
    `${counted(p.count, 'port table')} broken off before the end: what is left counts as "at least", and nothing it lacks is ruled out.`,
  'problem.incomplete-event': (p) => `${counted(p.count, 'event')} cut off before the end; skipped.`,
  'problem.broken-off-event': () =>
    'The file ends in the middle of an event: which it was and when is whole and counts, what it said is lost.',
  'problem.unreadable-event': (p) => `${counted(p.count, 'event')} that could not be read; skipped.`,
  'problem.doctype-refused': (p) =>
    `${counted(p.count, 'document type declaration')}: no event log has one; ignored, never expanded.`,
  'problem.log-extent-unseen': () =>
    'Events told in words, not the log itself: how far the log reaches and what the text leaves out is unseen. That an event is missing here shows nothing.',
  'problem.unknown-zone': () =>
    'The times of its events have no zone. They are those of the computer that made the text, which nothing ties to UTC: read in the zone of the host, they may be off by any zone. --timezone names it.',
  'problem.invalid-bytes': (p) => `${counted(p.count, 'place')} with bytes that are not text in the file's encoding.`,
  'problem.unread-line': (p) => `${counted(p.count, 'line')} that mean nothing here; skipped.`,
  'problem.ambiguous-date': () =>
    'Day and month could be either way round; the reading that fits the rest of the evidence was taken.',
  'problem.snapshot-too-large': (p) => `${counted(p.count, 'row')} beyond the size of any real port table; not kept.`,
  'problem.duplicate-file': () => 'The same bytes were given under another name; read once.',
  'problem.duplicate-snapshot': (p) => `${counted(p.count, 'snapshot')} given twice; counted once.`,
  'problem.several-kinds': () =>
    'The file holds outputs of several kinds, of which only the kind named here was read; the rest was left out. Keep the output of each command in a file of its own.',
  'problem.several-captures': (p) =>
    `${counted(p.count, 'port table')} in which the same listeners stand more than once: several captures without a time between them, which nothing sets apart; left out. Add a time to each: Select-Object @{n='Timestamp';e={Get-Date -Format o}},*`,
  'problem.copied-table': (p) =>
    `${counted(p.count, 'port table')} with the very rows of another one, at a time when its connections cannot have been there: a copy, left out.`,
  'problem.outside-window': (p) => `${counted(p.count, 'record')} outside --from and --to; left out.`,
  'problem.clock-from-modification-time': () =>
    "Only the file's modification time tells when it was captured; copies and checkouts change it.",
  'problem.other-addresses': () =>
    'It names no host, and its local addresses are none of those of the host that the other files belong to: kept apart.',
  'problem.conflicting-settings': () =>
    'Stated differently before; the value read first, in the order of the file names, was taken.',
  'problem.too-many-events': (p) => `${counted(p.count, 'event')} beyond the limit; counted, not listed.`,
  'problem.too-many-processes': (p) => `${counted(p.count, 'process', 'processes')} beyond the limit; not kept.`,
} as const satisfies Record<`problem.${Exclude<ProblemCode, UnreadCode>}`, ProblemText> &
  Record<`problem.${UnreadCode}`, UnreadText>;
