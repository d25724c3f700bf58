import { churnHost } from './churn-host.js';
import { eventsOnlyHost } from './events-only-host.js';
import { healthyHost } from './healthy-host.js';
import { undeterminedHost } from './undetermined-host.js';
import { message, source, from, report, input } from './build.js';

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
    report([churnHost(), eventsOnlyHost(), { ...healthyHost(), utcOffsetMinutes: 0 }], [input({}), problemInput]),
} as const;
