import type { HostReport } from '../../../src/model/report.js';
import { message, at, hypotheses, host, event } from './build.js';

/** A log and nothing else. */
export function eventsOnlyHost(): HostReport {
  return host({
    host: 'SQL07',
    utcOffsetMinutes: -330,
    verdict: {
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'shown',
      summary: message(
        'SQL07 had no TCP port left four times in two days; without a snapshot of its ports nobody can say who held them.',
      ),
      incident: 0,
      poolId: 'tcp',
      ports: null,
      isLeak: false,
      filledByRate: false,
    },
    incidents: [
      {
        from: at(0),
        to: at(7200),
        mechanism: 'undetermined',
        contributing: [],
        confidence: 'low',
        summary: message('What happened in this incident.'),
        atFault: [],
        onsets: 3,
        endedBy: null,
      },
      {
        from: at(160_000),
        to: at(160_300),
        mechanism: 'undetermined',
        contributing: [],
        confidence: 'low',
        summary: message('What happened in this incident.'),
        atFault: [],
        onsets: 1,
        endedBy: null,
      },
    ],
    hypotheses: hypotheses({}, 'cannot-tell'),
    events: [
      event(-40_000, {
        provider: 'EventLog',
        id: 6008,
        role: 'boot',
        message: message('The host had stopped without warning.'),
      }),
      event(0, { id: 4231 }),
      event(3600, { id: 4231, count: 12 }),
      event(3700, { provider: 'NETLOGON', id: 5719, role: 'symptom' }),
      event(7200, { id: 4231 }),
      event(160_000, { id: 4231 }),
    ],
    coverage: [{ file: 'System.xml', from: at(-900_000), to: at(200_000), events: 88_211, gaps: [] }],
    recommendation: {
      ...host({}).recommendation,
      settingsHelp: 'cannot-tell',
      predicted: { peakPorts: null, usable: null, sustainsConnectionsPerSecond: null, secondsToExhaustion: null },
      dynamicPortRanges: [],
    },
    missingEvidence: [
      {
        what: message('A snapshot of the ports'),
        why: message('The log says that ports ran out and never who held them.'),
        when: 'while-it-happens',
        collectWith: ['netstat -anoq > netstat.txt', 'tasklist /svc /fo csv > tasklist.csv'],
        powershellOnly: [],
      },
    ],
  });
}
