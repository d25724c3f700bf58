import { counted, duration, number, plural } from './figures.js';
import { glossary } from './glossary.js';
import { labels } from './labels.js';
import { processName } from './processes.js';
import { terms } from './terms.js';

/** What is counted and how, as the decisions of the ledger and the solver state it. */
const definitions: readonly string[] = [
  'A port counts once, whatever number of rows show it: inside the dynamic range, over all addresses, one transport at a time.',
  'A port that shows several states belongs to the first that applies of: ESTABLISHED, SYN_SENT, SYN_RECEIVED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, CLOSE_WAIT, other, TIME_WAIT, Bound.',
  'Ports of listeners and all rows on them take no dynamic port for an outgoing connection, nor does the second Bound row of a connection.',
  'Usable ports = ports of the range − excluded ports − listeners inside the range. In use + free = usable.',
  'Sustained connections a second = usable ports × share of the pool that may be filled ÷ seconds that each connection keeps its port. That time is the life of the connection plus TIME_WAIT; of an interval the likeliest value is taken, or the upper end where none is likelier.',
  'A full pool proves only “at least”: what could not get a port was never seen.',
  'Rows in the range are all rows of the file with a local port in it. They are shown because many tools print that number.',
];

/** Every word of the page in English. A further language is one more object of this shape. */
export const englishPage = {
  ...labels,
  terms,
  glossary,
  definitions,
  documentTitle: (host: string, verdict: string) => `${host}: ${verdict}`,
  seconds: (value: string) => `${value} s`,
  inUtc: (stamp: string) => `${stamp} UTC`,
  /** A title with what it is about. */
  about: (title: string, subject: string) => `${title}: ${subject}`,
  /** Several of a kind, each with a heading. */
  oneOf: (title: string, position: number, count: number) => `${title}, ${number(position)} of ${number(count)}`,
  /** A remark behind something. */
  beside: (remark: string) => `(${remark})`,
  whenAndRestart: (when: string, restart: string) => `${when}, ${restart}`,
  aside: (remark: string) => `, ${remark}`,
  /** Where there is no figure. */
  nothing: '–',
  /** Where a table does not list a state. */
  notListed: '?',
  rangeFamilyAssumed: (source: string) => `${source}, naming no family: assumed to hold for this one too`,
  /** Instead of how many ports are excluded, where nothing captured says so. */
  exclusionsNotCaptured: 'not captured',
  perSecond: (value: string) => `${value}/s`,
  perHour: (value: string) => `+ ${value} ports an hour`,
  connectionsOn: (count: number) => counted(count, 'connection'),
  freedAtOnce: (count: number) => `${number(count)} free at once if stopped`,
  utcOnly: 'UTC; nothing tells the zone of the host',
  axis: (zone: string) => `Time of the host, ${zone}`,
  axisUtc: 'Time in UTC; nothing in the capture tells the zone of the host',
  ongoing: 'end not seen',
  noPeriod: 'time not known',
  hostCount: (count: number) => `Port post-mortem of ${counted(count, 'host')}`,
  untoldHosts: (count: number) => `${counted(count, 'host')} of which nothing can be told`,
  /** Behind the name of a log. */
  logFacts: (events: string, period: string, zone: string) => `: ${events}, ${period} (${zone})`,
  untoldIntro:
    'Neither a port table nor a System log of them was captured. Collect a port table while connections fail (netstat -anoq), and the System log (wevtutil qe System /f:xml).',
  processName,
  /** Behind the name of a host. */
  formerly: (names: string) => `formerly ${names}`,
  nameAssumed: 'name assumed from the folder',
  unknownHost: 'Host not named in the capture',
  sourceCount: (count: number) => counted(count, 'source'),
  snapshotCount: (count: number) => counted(count, 'snapshot'),
  logCount: (count: number) => counted(count, 'log'),
  sourcesOmitted: (count: number) => `and ${number(count)} more`,
  /** Behind the place in a file. */
  record: (record: number) => `, record ${String(record)}`,
  moreInJson: (count: number) => `${number(count)} more ${plural(count, 'is', 'are')} in the JSON report.`,
  leftOut: (count: number) => `${number(count)} more ${plural(count, 'is', 'are')} only in the evidence.`,
  moreInBoth: (json: number, evidence: number) =>
    `${number(json)} more ${plural(json, 'is', 'are')} in the JSON report; ${number(evidence)} ${plural(evidence, 'is', 'are')} only in the evidence.`,
  furtherRows: (count: number) => `${number(count)} more`,
  allRows: (count: number) => `All ${counted(count, 'row')}`,
  facts: {
    peak: (inUse: string, usable: string) => `${inUse} of ${usable}`,
    peakLabel: (at: string) => `usable ports in use at the peak, ${at}`,
    peakUnknown: 'no snapshot shows how many ports were in use',
    listedLabel: (at: string) => `usable ports in the fullest list, ${at}`,
    filtered: 'table filtered',
    filteredTo: (states: string) => `table filtered: only ${states}`,
    notKnownWhole: 'not known to be the whole table',
    rows: (rows: string) => `counted naively it is ${rows} rows`,
    serverSide: (rows: string, share: string, serverSide: string) =>
      `${rows} rows in TIME_WAIT were listed, ${share} of the range if each were a port; ${serverSide} of them are on the server side and take none`,
    topClass: (share: string, name: string) => `${share} ${name}`,
    topClassLabel: 'of the usable ports at the peak, the largest state',
    rate: 'opened by the host',
    delay: 'between the last event and the port table',
    growth: (process: string) => `gained by ${processName(process)}`,
    lifetime: (interval: string) => `each keeps its port ${interval} in TIME_WAIT`,
    onsets: (count: number) => counted(count, 'event'),
    onsetsLabel: (ids: string) =>
      `Tcpip ${ids}; how often Windows logs them is not documented, so their count is not that of the failures`,
    noOnsets: 'Tcpip 4227, 4231 or 4266 in the logs read',
  },
  assumed: 'assumed',
  below: (value: string) => `< ${value}`,
  atLeast: (value: string) => `≥ ${value}`,
  atMost: (value: string) => `≤ ${value}`,
  above: (value: string) => `> ${value}`,
  rangeAssumed: 'range assumed',
  lifetimeAssumed: 'TIME_WAIT assumed',
  change: (from: string, to: string) => `${from} → ${to}`,
  rangeOf: (transport: string, families: string) => `Dynamic range, ${transport} ${families}`,
  lasts: (seconds: string, source: string) => `TIME_WAIT lasts ${seconds}, ${source}`,
  knownFrom: (value: string, source: string) => `${value}, ${source}`,
  portCount: (count: number) => counted(count, 'port'),
  sustainedUnit: (share: string) => `connections a second at ${share} fill`,
  instead: (value: string) => `or ${value}:`,
  tagSpan: (tag: string, seconds: string) => `${tag} (${seconds})`,
  standsFor: (range: string) => `stands for ${range}`,
  whatIfIntro: (share: string) =>
    `Connections a second that each pair of settings sustains when at most ${share} of the pool is filled.`,
  timeline: {
    ...labels.timeline,
    describe: (p: {
      from: string;
      to: string;
      peak: string;
      usable: string;
      snapshots: number;
      onsets: number;
      partial: boolean;
    }) =>
      `Ports in use from ${p.from} to ${p.to}: ${counted(p.snapshots, 'snapshot')}, ${p.partial ? 'at least' : 'at most'} ${p.peak} of ${p.usable} usable ports; ${counted(p.onsets, 'event')} of a failure.`,
    describeEvents: (p: { from: string; to: string; onsets: number }) =>
      `Events from ${p.from} to ${p.to}: ${counted(p.onsets, 'event')} of a failure. No snapshot of ports has a time.`,
    poolAt: (at: string) => `The pool at its peak, ${at}`,
    poolUndated: 'The pool in the fullest snapshot; its time is not known',
    describePool: (p: { inUse: string; usable: string; share: string; parts: string }) =>
      `${p.inUse} of ${p.usable} usable ports in use (${p.share}): ${p.parts}.`,
    part: (name: string, ports: string) => `${name} ${ports}`,
    capacity: (ports: string) => `${ports} usable`,
    magnifiedBy: (factor: string) => `magnified × ${factor}`,
    mark: (at: string, event: string, count: number) => `${at} ${event}${count > 1 ? ` × ${String(count)}` : ''}`,
    moreMarks: (count: number) => `… + ${String(count)}`,
    incidentFacts: (mechanism: string, confidence: string, onsets: string, ended: string) =>
      `${mechanism}, ${confidence}, ${onsets}${ended === '' ? '' : `; ${ended}`}`,
    inUse: (inUse: string, share: string) => `${inUse} in use (${share})`,
    freePorts: (free: string) => `${free} free`,
    listed: (ports: string) => `${ports} listed`,
    magnifiedAxis: (factor: string, usable: string) => `Magnified × ${factor}; a full pool would be ${usable}`,
    notListed: (free: string) => `${free} free or not listed`,
    listedAt: (at: string) => `The fullest list of ports, ${at}`,
    undated: (count: number) =>
      `${counted(count, 'snapshot')} without a time ${plural(count, 'is', 'are')} not in this picture.`,
    outside: (count: number) =>
      `${counted(count, 'event')} outside this time ${plural(count, 'is', 'are')} in the table of events.`,
    thinned: (shown: number, all: number) =>
      `${number(shown)} of ${number(all)} snapshots drawn: the fullest of each stretch of time.`,
    shownByNone: (states: string, snapshots: number) =>
      `${snapshots === 1 ? 'The snapshot does not show' : 'None of the snapshots shows'} ${states}; such ports would be missing here.`,
    shownBySome: (states: string) =>
      `Not every snapshot shows ${states}; where one does not, such ports would be missing here.`,
    shownInPart: (states: string) => `Of ${states} there may be more ports than a snapshot lists.`,
    unseenHere: (states: string) => `Of these states ports may be missing from this snapshot: ${states}.`,
    nothing: 'No dated snapshot and no event that bears on ports: there is nothing to draw over time.',
    noSnapshots: 'No snapshot of ports was captured: how full the pool was is not known. Only the events are drawn.',
    gap: 'Blank stretches lie between snapshots too far apart to connect.',
  },
  consumersCoverage: (covered: string, all: string) =>
    `${covered} of ${all} TIME_WAIT ports of outgoing connections were traced to a process.`,
  noTimeWait: 'No TIME_WAIT of an outgoing connection was seen.',
  poolName: (transport: string, family: string, kind: string) => `${transport}, ${family}, ${kind}`,
  hypothesisCounts: (pro: number, con: number) => `${number(pro)} for, ${number(con)} against`,
  untoldBadge: (names: string) => `not judged: ${names}`,
  untold: (names: string) => `Not judged for want of evidence: ${names}.`,
  fillsAtLeast: (share: string) => `at least ${share} full`,
  holdsAt: (value: string) => `holds at ${value}`,
  gap: (from: string, to: string, records: number) => `${from} – ${to}: ${counted(records, 'record')} missing`,
  changeCount: (count: number) => `${counted(count, 'change')}: services started or stopped, updates and the like`,
  clockOff: (seconds: number, why: string) =>
    `±\u00a0${seconds < 3600 ? duration(seconds) : `${number(Math.round(seconds / 3600))}\u00a0h`}${why === '' ? '' : `: ${why}`}`,
  clockSource: (source: string, error: string) => `${source}, ${error}`,
  clockError: (seconds: string) => `±\u00a0${seconds.replace(' ', '\u00a0')}`,
  duplicate: (file: string) => `same bytes as ${file}`,
  inputsSummary: (files: number, records: number, skipped: number, size: string) =>
    `${counted(files, 'file')}, ${size}; ${counted(records, 'record')} read, ${number(skipped)} skipped.`,
  backTest: (snapshots: number, error: number) =>
    `Computed again for ${counted(snapshots, 'snapshot')}: half of them ${error === 0 ? 'are' : `within ${counted(error, 'port')} of`} what was counted.`,
  /** `sign`: 1 for a moment after the logged one. */
  backTestOnset: (error: string, sign: number) =>
    `The moment of exhaustion comes out ${sign === 0 ? 'as it was logged' : `${error} too ${sign > 0 ? 'late' : 'early'}`}.`,
  censored: 'Connections were refused, or may have been, so every rate is at least what was seen.',
  servedHere: (process: string) => `this host: ${process}`,
  reportOf: (from: string, to: string | null) =>
    `Its own report: portmortem analyze … --from ${from}${to === null ? '' : ` --to ${to}`}`,
  fromOnset: (distance: string, before: boolean) => `${distance} ${before ? 'before' : 'after'} an event`,
  measuredApart: (families: readonly string[]) =>
    families.length === 0 ? '' : `Measured apart: ${families.join(', ')}.`,
  pendingRestart: 'A changed TcpTimedWaitDelay waits for a restart.',
  madeWith: (options: string) => `Options given: ${options}`,
  generated: (tool: string, at: string) =>
    `Made by ${tool}, ${at}. This page asks for nothing from the network and runs no script.`,
  redacted: 'Names and addresses in this report were replaced.',
};
