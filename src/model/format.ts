/** The kinds of file this program tells apart, by content. */
export const FORMATS = [
  'event-xml',
  'event-text',
  'event-csv',
  'netstat',
  'tcp-connection-csv',
  'udp-endpoint-csv',
  'port-table-text',
  'port-table-json',
  'port-table-clixml',
  'process-csv',
  'netsh-dynamicport',
  'netsh-excludedportrange',
  'reg-export',
  'reg-query',
  'tasklist',
  'process-text',
  'setting-text',
  'setting-csv',
  'system-info',
  'portmortem-report',
  'unrecognised',
] as const;
export type Format = (typeof FORMATS)[number];

/** What a parser, or the reader before it, can find wrong with a file. Each has words in `messages/`. */
export const PROBLEM_CODES = [
  'empty-file',
  'not-recognised',
  'binary-file',
  'binary-evtx',
  'wrong-tool',
  'unreadable-file',
  'partly-read',
  'unreadable-again',
  'file-shrank',
  'file-grew',
  'file-changed',
  'line-too-long',
  'unknown-state',
  'taken-for-bound',
  'bad-address',
  'bad-port',
  'bad-row',
  'bad-number',
  'bad-time',
  'no-time',
  'remote-port-name',
  'missing-column',
  'unclosed-quote',
  'wrong-field-count',
  'truncated-table',
  'incomplete-event',
  'unreadable-event',
  'doctype-refused',
  'log-extent-unseen',
  'unknown-zone',
  'invalid-bytes',
  'unread-line',
  'ambiguous-date',
  'snapshot-too-large',
  'duplicate-file',
  'duplicate-snapshot',
  'copied-table',
  'outside-window',
  'clock-from-modification-time',
  'conflicting-settings',
  'other-addresses',
  'too-many-events',
  'too-many-processes',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Problems that the operating system gave a reason for. */
const UNREAD_CODES = ['unreadable-file', 'partly-read', 'unreadable-again'] as const satisfies readonly ProblemCode[];
export type UnreadCode = (typeof UNREAD_CODES)[number];

export function isUnread(code: ProblemCode): code is UnreadCode {
  return UNREAD_CODES.some((unread) => unread === code);
}
