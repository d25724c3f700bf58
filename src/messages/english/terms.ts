import type { Consumer, ConsumerBasis } from '../../model/report-holders.js';
import type { Confidence, Outcome, SettingsHelp, Verdict, VerdictMechanism } from '../../model/report-judgement.js';
import type { DemandMethod, Pool, TimeWaitFacts, LedgerEntry } from '../../model/report-ports.js';
import type { EventRole, ReportInput } from '../../model/report.js';
import type { Restart, SettingFinding, Recommendation } from '../../model/report-advice.js';
import type { LedgerView } from '../../model/ledger-view.js';

type Words<Key extends string> = Record<Key, string>;

const mechanisms: Words<VerdictMechanism> = {
  'time-wait-churn': 'TIME_WAIT churn',
  'endpoint-collision': 'Endpoint collision',
  'bound-leak': 'Bound leak',
  'close-wait-leak': 'CLOSE_WAIT leak',
  'established-leak': 'Connection leak',
  'connection-saturation': 'Connection saturation',
  'syn-sent-pileup': 'SYN_SENT pile-up',
  'undersized-range': 'Undersized range',
  'stuck-time-wait': 'Stuck TIME_WAIT',
  'udp-exhaustion': 'UDP exhaustion',
  undetermined: 'Undetermined',
  none: 'No exhaustion found',
};

const mechanismMeanings: Words<VerdictMechanism> = {
  'time-wait-churn': 'The host closes connections faster than TIME_WAIT expires.',
  'endpoint-collision':
    'A program uses the same source port towards the same remote endpoint again before TIME_WAIT is over, with ports to spare.',
  'bound-leak': 'A process binds ports and never gives them back; no connection belongs to them.',
  'close-wait-leak': 'A process never closes its side after the peer has closed.',
  'established-leak': 'Live connections grow and the old ones never go.',
  'connection-saturation': 'A steady crowd of live connections is as large as the pool.',
  'syn-sent-pileup': 'Connection attempts to something that never answers hold their ports until they time out.',
  'undersized-range':
    'The range is smaller than the Windows default of 16,384 ports, which would hold the load, or a leak for longer.',
  'stuck-time-wait': 'TIME_WAIT outlives every legal delay: a defect of old Windows versions after 497 days of uptime.',
  'udp-exhaustion': 'The dynamic ports of UDP ran out; they are a pool of their own.',
  undetermined: 'Something is wrong, and the capture does not explain it.',
  none: 'Nothing in the capture shows that ports ran out.',
};

const outcomes: Words<Outcome> = {
  confirmed: 'confirmed',
  likely: 'likely',
  'ruled-out': 'ruled out',
  'cannot-tell': 'cannot tell',
  'not-applicable': 'not applicable',
  errored: 'not judged: this check failed',
};

const confidences: Words<Confidence> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
};

const exhaustion: Words<Verdict['exhaustion']> = {
  shown: 'Exhaustion shown',
  refuted: 'Did not run out in what was captured',
  'cannot-tell': 'Exhaustion not proven either way',
};

const settingsHelp: Words<SettingsHelp> = {
  'not-needed': 'Nothing captured asks for another setting',
  yes: 'Changing the settings helps',
  'buys-time': 'Changing the settings buys time and is no cure',
  no: 'No setting helps; the cause has to be removed',
  'cannot-tell': 'Whether a setting would help cannot be told from this capture',
};

const restarts: Words<Restart> = {
  no: 'works at once',
  yes: 'needs a restart',
  unverified: 'whether it needs a restart is not verified',
  program: 'needs a restart of the program',
};

const bases: Words<ConsumerBasis> = {
  owned: 'owner on the row',
  'name-only': 'name on the row, no PID',
  'same-tuple': 'same connection, seen alive',
  'log-event': 'named in the event log',
  'sole-owner-of-destination': 'only process talking to that destination',
  'weighted-candidates': 'shared out among candidates',
};

const basisMeanings: Words<ConsumerBasis> = {
  owned: 'Windows printed this process on the row itself.',
  'name-only':
    'The rows name the program but no PID: the name was looked up after them, and a PID may have come round to another program.',
  'same-tuple': 'The same local port and remote endpoint were alive under this process in another snapshot.',
  'log-event': 'Sysmon (event 3) or the Security log (5156) names this process as the one that opened the connection.',
  'sole-owner-of-destination': 'No other process had a live connection to that remote endpoint.',
  'weighted-candidates':
    'Several processes talk to that remote endpoint; the ports are shared out by how quickly their connections come and go.',
};

const faults: Words<Consumer['atFault']> = {
  yes: 'at fault',
  contributing: 'contributing',
  no: 'not at fault',
  unknown: 'fault not known',
};

const rangeSources: Words<Pool['rangeSource']> = {
  netsh: 'as netsh prints it',
  'Get-NetTCPSetting': 'as Get-NetTCPSetting prints it',
  registry: 'from MaxUserPort in the registry',
  'assumed-default': 'assumed: the Windows default',
  option: 'given by --range',
};

const lifetimeSources: Words<TimeWaitFacts['effective']['source']> = {
  measured: 'measured between snapshots',
  registry: 'from the registry',
  option: 'given by --time-wait',
  assumed: 'assumed',
};

const demandMethods: Words<DemandMethod> = {
  'time-wait-plateau': 'connections in TIME_WAIT ÷ TIME_WAIT lifetime',
  'new-tuples': 'connections new between two snapshots',
  'creation-times': 'creation times on the rows',
  'log-events': 'connections in the busiest minute of the log',
  ramp: 'growth of TIME_WAIT plus what expired',
  'syn-sent': 'SYN_SENT ports ÷ how long an attempt goes on',
};

const eventRoles: Words<EventRole> = {
  onset: 'failure',
  symptom: 'symptom',
  boot: 'boot or uptime',
  change: 'change',
  recovery: 'recovery',
  'look-alike': 'look-alike',
  context: 'context',
};

const settingFindings: Words<SettingFinding> = {
  ok: 'in effect',
  unverified: 'not known to be in effect',
  'no-effect': 'no effect',
  misspelt: 'misspelt',
  'out-of-range': 'out of range',
  'wrong-key': 'wrong key',
  'wrong-base': 'hexadecimal mistaken for decimal',
  corrupt: 'corrupt',
  leftover: 'leftover',
};

const timeSources: Words<ReportInput['timeSource']> = {
  'in-file': 'written in the file',
  'file-name': 'from the file name',
  'modified-time': 'from the modification time',
  unknown: 'not known',
};

const maxUserPortApplied: Words<Recommendation['maxUserPort']['applied']> = {
  'instead-of-netsh': 'only instead of netsh',
  'not-applied': 'not applied',
  'remove-leftover': 'a leftover',
};

const classes: Words<LedgerView> = {
  established: 'ESTABLISHED',
  opening: 'SYN_SENT and SYN_RECEIVED',
  closing: 'FIN_WAIT, CLOSING, LAST_ACK',
  closeWait: 'CLOSE_WAIT',
  otherState: 'other states',
  udp: 'UDP',
  bound: 'Bound',
  timeWait: 'TIME_WAIT',
};

const unseen: Words<LedgerEntry['unseen'][number]> = {
  established: 'ESTABLISHED',
  synSent: 'SYN_SENT',
  synReceived: 'SYN_RECEIVED',
  finWait1: 'FIN_WAIT_1',
  finWait2: 'FIN_WAIT_2',
  closing: 'CLOSING',
  lastAck: 'LAST_ACK',
  closeWait: 'CLOSE_WAIT',
  otherState: 'other states',
  timeWait: 'TIME_WAIT',
  bound: 'Bound',
  listening: 'listeners',
  owner: 'owning processes',
};

const families: Words<'combined' | 'ipv4' | 'ipv6'> = {
  combined: 'IPv4 and IPv6 together',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
};
const poolKinds: Words<Pool['kind']> = { dynamic: 'dynamic range', 'auto-reuse': 'auto-reuse range' };

/** The closed vocabularies of the report in English: one word or phrase for every value a field can have. */
export const terms = {
  mechanisms,
  mechanismMeanings,
  outcomes,
  confidences,
  exhaustion,
  settingsHelp,
  restarts,
  bases,
  basisMeanings,
  faults,
  rangeSources,
  lifetimeSources,
  demandMethods,
  eventRoles,
  settingFindings,
  timeSources,
  maxUserPortApplied,
  classes,
  unseen,
  families,
  poolKinds,
};
