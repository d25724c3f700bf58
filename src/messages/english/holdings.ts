import { counted, number } from './figures.js';

const portsOf = (transport: string | null): string =>
  transport === null ? 'ports' : `${transport.toUpperCase()} ports`;

/** What a file holds that was read and cannot be judged alone. */
export const holdingWords = {
  'holds.exclusions': (p: {
    transport: string | null;
    blocks: number;
    ports: number;
    range: string;
    isDefault: boolean;
  }) =>
    `${counted(p.blocks, 'block')} of excluded ${portsOf(p.transport)}, ${counted(p.ports, 'port')} of the ${p.isDefault ? 'default range' : 'range'} ${p.range}`,
  'holds.no-exclusions': (p: { transport: string | null }) => `an empty list of excluded ${portsOf(p.transport)}`,
  'holds.range': (p: { transport: string | null; range: string; ports: number; isReuse: boolean }) =>
    `the ${p.isReuse ? 'auto-reuse' : 'dynamic'} range ${p.range} of ${number(p.ports)} ${portsOf(p.transport)}`,
  'holds.attempts': () => 'how long an attempt to connect lasts',
  'holds.registry': (p: { values: number }) => `${counted(p.values, 'value')} of the registry`,
  'holds.counted': (p: {
    of: 'process' | 'rows' | 'counter' | 'peak';
    count: number;
    name: string;
    state: string | null;
  }) => {
    if (p.of === 'process') return `said: ${number(p.count)} ${p.state ?? 'connections'} of PID ${p.name}`;
    if (p.of === 'counter') return `said: ${p.name} ${number(p.count)}`;
    if (p.of === 'peak') return `said: ${p.name} up to ${number(p.count)}`;
    const what = [p.state, p.name].filter((word) => word !== null && word !== '').join(' ');
    return `said: ${what === '' ? counted(p.count, 'row') : `${number(p.count)} ${what}`}`;
  },
  'holds.counts-more': (p: { count: number }) => `${counted(p.count, 'count')} more`,
  'holds.start': () => 'when the host started',
  'holds.processes': (p: { processes: number }) => counted(p.processes, 'process', 'processes'),
};
