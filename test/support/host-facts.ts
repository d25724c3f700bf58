import { assemble } from '../../src/capture/assemble/assemble.js';
import { readSnapshots } from '../../src/capture/replay/snapshot-reader.js';
import { surveyFile } from '../../src/capture/survey/survey-file.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { HostFacts } from '../../src/measure/facts.js';
import { hostFacts } from '../../src/measure/host-facts.js';
import { SnapshotPass } from '../../src/measure/snapshot-pass.js';
import { poolsOf } from '../../src/measure/pools/port-pool.js';
import type { AnalysisOptions } from '../../src/model/analysis.js';
import { Interner } from '../../src/model/connection.js';
import { connections, evidenceFiles, LISTENERS, netshExclusions, netshRange, netstat, OPTIONS } from './capture.js';

/** The facts of a capture with one host, as the hypotheses and the advice are given them. */
export async function factsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  changed: Partial<AnalysisOptions> = {},
): Promise<HostFacts> {
  const options = { ...OPTIONS, ...changed };
  const surveys = [];
  for (const file of evidenceFiles(files)) surveys.push(await surveyFile(file, nodePlatform, () => undefined));
  const capture = assemble(surveys, options);
  const [host] = capture.hosts;
  if (host === undefined) throw new Error('the capture holds no host');
  const addresses = new Interner();
  const pass = new SnapshotPass(host, poolsOf({ ...host, option: options.range }), addresses, []);
  for await (const snapshot of readSnapshots(host, capture, nodePlatform, addresses, () => undefined))
    pass.observe(snapshot);
  return hostFacts(host, pass.finish(), options);
}

/** The facts of a small healthy capture, for a test that changes what it is about. */
export function someFacts(): Promise<HostFacts> {
  return factsOf({
    'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
    'netsh.txt': netshRange(),
    'excluded.txt': netshExclusions([5985, 5985]),
  });
}
