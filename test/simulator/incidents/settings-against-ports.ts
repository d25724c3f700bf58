import { label, type CaptureFile, type Incident, type Written } from '../incident.js';
import type { DynamicRange } from '../scenario.js';
import { ramp } from '../rate-curve.js';
import { encodeText } from '../writers/encode.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { address, caller } from './clients.js';
import { collect, type Evidence } from './collect.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

const DOUBTED = ['other.range-doubted'];

/** A host whose pool churns full, with files about its range that may be wrong or missing. */
interface WrongRange {
  readonly id: string;
  readonly story: string;
  /** The range that the host really hands out ports from; the Windows default when absent. */
  readonly range?: DynamicRange;
  /** Calls a second that fill it. */
  readonly perSecond: number;
  readonly evidence: Partial<Evidence>;
  /** Of a file of netsh that is not this host's, or of another day. */
  readonly netsh?: DynamicRange;
  readonly explanations?: readonly string[];
}

function incidentOf({ id, story, range, perSecond, evidence, netsh, explanations }: WrongRange): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id, range === undefined ? {} : { host: { range } });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(5, about(at, perSecond, 0.05), 60, 120), [remote])];
      const scenario = scenarioOn(at, 420, every(60, 240, 3), clients);
      const right = churn(image, address(remote), {
        unnamedIsHonest: true,
        mayContribute: ['undersized-range'],
        ...(explanations === undefined ? {} : { explanations }),
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const tables = { as: 'netstat', switches: '-anoq', series: true } as const;
        const written = collect(outcome, seed, { clock: at.clock, netsh: false, tables, ...evidence });
        return netsh === undefined ? written : withFile(written, netshFile(netsh));
      });
    },
  };
}

function netshFile(range: DynamicRange): CaptureFile {
  return { name: 'netsh-tcp.txt', bytes: encodeText(netshDynamicPort(range, 'tcp'), 'cp850') };
}

function withFile(written: Written, file: CaptureFile): Written {
  return { ...written, files: [...written.files, file] };
}

/** Settings that the ports of the table contradict, and ranges that nobody captured. */
export const SETTINGS_AGAINST_PORTS: readonly Incident[] = [
  incidentOf({
    id: 'max-user-port-never-in-effect',
    story: 'MaxUserPort=5000 stands in the registry since an old tuning script; every client port is above 49152.',
    perSecond: 160,
    evidence: { registry: { values: { MaxUserPort: 5_000 }, as: 'query' } },
    explanations: DOUBTED,
  }),
  incidentOf({
    id: 'max-user-port-wide-never-in-effect',
    story:
      'MaxUserPort=65534 was to widen the range and never did: 16,000 client ports span the Windows default, and no more.',
    perSecond: 160,
    evidence: { registry: { values: { MaxUserPort: 65_534 }, as: 'export' } },
    explanations: DOUBTED,
  }),
  incidentOf({
    id: 'netsh-of-another-day',
    story: 'The output of netsh was saved before somebody put the range back to the default: no client port is in it.',
    perSecond: 160,
    evidence: {},
    netsh: { start: 10_000, count: 5_000 },
    explanations: DOUBTED,
  }),
  incidentOf({
    id: 'range-not-captured',
    story:
      'The range is 1024 to 15000, as on many desktops, and nobody saved it: not one client port is in the Windows default.',
    range: { start: 1_024, count: 13_977 },
    perSecond: 140,
    evidence: {},
  }),
];
