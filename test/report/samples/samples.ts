import { churnHost } from './churn-host.js';
import { eventsOnlyHost } from './events-only-host.js';
import { healthyHost } from './healthy-host.js';
import { undeterminedHost } from './undetermined-host.js';
import { at, message, source, from, host, report, input } from './build.js';

const problemInput = input({
  file: 'evidence/System.xml',
  format: 'event-xml',
  dialect: 'wevtutil',
  skipped: 2,
  problems: [
    {
      code: 'incomplete-event',
      count: 2,
      message: message('2 events cut off before the end; skipped.'),
      ...from(source('evidence/System.xml', 88_120, '<Event xmlns=')),
    },
  ],
});

/** A host of which only the log of another channel was captured. */
export const untoldHost = () =>
  host({
    host: 'FS09',
    coverage: [{ file: 'Application.xml', from: at(-7200), to: at(0), events: 3, gaps: [] }],
    missingEvidence: [
      {
        what: message('The System log', 'lacking.log'),
        why: message('Without it an outage leaves no trace.'),
        when: 'any-time',
        collectWith: ['wevtutil qe System /f:xml > System.xml'],
        powershellOnly: [],
      },
    ],
  });

/** Every sample by name, as the page tests walk them. */
export const samples = {
  undetermined: () =>
    report(
      [undeterminedHost()],
      [input({ file: 'timewait.csv', format: 'tcp-connection-csv', dialect: null }), problemInput],
    ),
  churn: () => report([churnHost()], [input({}), problemInput]),
  healthy: () => report([healthyHost()]),
  eventsOnly: () => report([eventsOnlyHost()], [problemInput]),
  several: () =>
    report(
      [churnHost(), eventsOnlyHost(), { ...healthyHost(), utcOffsetMinutes: 0 }, untoldHost()],
      [input({}), problemInput],
    ),
} as const;
