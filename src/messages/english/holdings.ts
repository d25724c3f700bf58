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
  'holds.start': () => 'when the host started',
  'holds.processes': (p: { processes: number }) => counted(p.processes, 'process', 'processes'),
};
