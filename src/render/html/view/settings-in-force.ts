import { isSameRange, type PortRange } from '../../../model/port.js';
import type { HostReport } from '../../../model/report.js';
import type { WhatIf } from '../../../model/report-advice.js';

/** True for a point of the grid that is the host as it is: its range, and a delay inside what TIME_WAIT is known to last. */
export function isPresent(point: WhatIf, host: HostReport, range: PortRange): boolean {
  return isSameRange(point, range) && lastsAbout(point.timeWaitSeconds, host);
}

/** True for a delay inside the interval known (or assumed) for TIME_WAIT. */
export function lastsAbout(seconds: number, host: HostReport): boolean {
  const { low, high } = host.timeWait.effective;
  return seconds >= low && seconds <= (high ?? Infinity);
}

/** Orders points of the grid by what they sustain, least first. */
export function slowestFirst(a: WhatIf, b: WhatIf): number {
  return a.sustainsConnectionsPerSecond - b.sustainsConnectionsPerSecond;
}
