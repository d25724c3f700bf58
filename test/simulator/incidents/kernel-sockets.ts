import { label, type Incident } from '../incident.js';
import { ramp } from '../rate-curve.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Connections that the kernel opens, to many far ends of one port, so that an auto-reuse range would be tempting. */
function byTheKernel(id: string, story: string, port: number): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id);
      const far = Array.from({ length: 12 }, (_, index) => ({ address: `10.90.1.${String(20 + index)}`, port }));
      const rate = ramp(5, about(at, 160, 0.05), 60, 120);
      const scenario = scenarioOn(at, 420, every(60, 240, 3), [caller('kernel', at.own.system, rate, far)]);
      const right = churn('System', null, { forbidden: ['AutoReuse'], advised: 'reuse-connections' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  };
}

/** Sockets of PID 4 towards remote ports. */
export const KERNEL_SOCKETS: readonly Incident[] = [
  byTheKernel(
    'kernel-client-of-iscsi',
    'An initiator that is refused logs in again and again: the kernel opens the connections, as its own client of iSCSI.',
    3_260,
  ),
  byTheKernel(
    'driver-behind-pid-4',
    'A filter of an antivirus looks every address up at its cloud: PID 4 churns towards 443, where Windows has no client.',
    443,
  ),
];
