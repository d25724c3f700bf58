import type { HostFacts } from '../../measure/facts.js';
import { isParametersKey } from '../../measure/pools/range-in-effect.js';
import { windowsVersion } from '../../measure/events/windows-version.js';
import { say } from '../../messages/say.js';
import type { ReportSetting } from '../../model/report-advice.js';
import type { Estimate } from '../../model/estimate.js';
import { lastPort } from '../../model/port.js';
import type { SettingRecord } from '../../model/setting.js';
import { sourcedBy } from '../../model/source-ref.js';
import { deleteParameter } from './registry-commands.js';
import { dynamicPool, maxUserPortStanding } from './max-user-port.js';
import { DELAY_HABITS, MAX_USER_PORT_HABITS, meantInDecimal } from './hexadecimal-slip.js';
import {
  ASSUMED_DELAY_SECONDS,
  LEGAL_DELAY_SECONDS,
  MEASURED_DELAY_ERROR_SECONDS,
  SHORTEST_DELAY_LEGAL_EVERYWHERE,
} from '../../model/legal-delay.js';

type RegistryValue = Extract<SettingRecord, { kind: 'registry-value' }>;
type Finding = Pick<ReportSetting, 'finding' | 'message'>;

const CORRUPT = 0xffff_ffff;
/** The default of TcpNumConnections (KB 314053): setting it changes nothing. */
const TCP_NUM_CONNECTIONS_DEFAULT = 0x00ff_fffe;
/** Vista and Server 2008 to Windows 8 and Server 2012. */
const VERSIONS_FROM_30 = ['6.0', '6.1', '6.2'];
/** Names seen in public scripts that no Windows reads, with the name that was meant. */
const MISSPELT: Readonly<Record<string, string>> = {
  maxuserports: 'MaxUserPort',
  maxuserportnumber: 'MaxUserPort',
  tcptimewaitdelay: 'TcpTimedWaitDelay',
  tcptimedwaitdelays: 'TcpTimedWaitDelay',
  timedwaitdelay: 'TcpTimedWaitDelay',
  timewaitdelay: 'TcpTimedWaitDelay',
};

/** Looks at every captured registry value that has to do with ports, and at the ranges, and says what is wrong with each. */
export function lintSettings(facts: HostFacts): ReportSetting[] {
  const found: ReportSetting[] = [];
  for (const { file, record } of facts.evidence.settings) {
    if (record.kind === 'dynamic-range') {
      const { start, count, transport, family, line, text } = record;
      const name = ['dynamicport', transport ?? 'tcp', family ?? ''].filter((part) => part !== '').join(' ');
      found.push({
        name,
        value: `${String(start)}+${String(count)}`,
        ...lintRange(start, count),
        ...sourcedBy([{ file, line, record: null, row: text }]),
      });
    } else if (record.kind === 'registry-value') {
      const finding = pendingRestart(facts, record) ?? lintValue(facts, record);
      if (finding === null) continue;
      const { name, value, line, text } = record;
      found.push({ name, value, ...finding, ...sourcedBy([{ file, line, record: null, row: text }]) });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** A delay that is configured and legal, while the sockets still live longer: the host has not been restarted since. */
function pendingRestart({ timeWaitDelay: timeWait }: HostFacts, record: RegistryValue): Finding | null {
  const isDelay = isParametersKey(record.path) && record.name.toLowerCase() === 'tcptimedwaitdelay';
  if (!isDelay || !timeWait.pendingRestart || record.value === null) return null;
  if (record.value !== timeWait.configuredSeconds) return null;
  return {
    finding: 'no-effect',
    message: say('lint.pending-restart', { configured: record.value, effective: timeWait.effective }),
  };
}

/** A small range is legal; that it is small is said, and whether it was too small is the verdict's part. */
function lintRange(start: number, count: number): Finding {
  if (start === 10_000 && count === 1000) return { finding: 'ok', message: say('lint.sample-range', { count }) };
  if (count < 16_384) return { finding: 'ok', message: say('lint.small-range', { start, count }) };
  return { finding: 'ok', message: say('lint.range', { start, count }) };
}

function lintValue(facts: HostFacts, record: RegistryValue): Finding | null {
  const { name, value } = record;
  const key = name.toLowerCase();
  const meant = MISSPELT[key];
  if (meant !== undefined) return { finding: 'misspelt', message: say('lint.misspelt', { name, meant }) };
  const isKnown = ['maxuserport', 'tcptimedwaitdelay', 'tcpnumconnections', 'stricttimewaitseqcheck'].includes(key);
  if (!isKnown) return null;
  if (!isParametersKey(record.path))
    return { finding: 'wrong-key', message: say('lint.wrong-key', { name, path: record.path }) };
  if (value === null) return { finding: 'wrong-base', message: say('lint.wrong-type', { name, type: record.type }) };
  if (value === CORRUPT)
    return { finding: 'corrupt', message: say('lint.corrupt', { name, undo: deleteParameter(name) }) };
  switch (key) {
    case 'maxuserport':
      return lintMaxUserPort(facts, value);
    case 'tcptimedwaitdelay':
      return lintDelay(facts, value);
    case 'tcpnumconnections':
      return {
        finding: 'no-effect',
        message: say('lint.tcp-num-connections', { isDefault: value === TCP_NUM_CONNECTIONS_DEFAULT }),
      };
    default:
      return { finding: 'no-effect', message: say('lint.strict-time-wait') };
  }
}

function lintMaxUserPort(facts: HostFacts, value: number): Finding {
  const meant = meantInDecimal(value, MAX_USER_PORT_HABITS);
  if (meant !== null)
    return { finding: 'wrong-base', message: say('lint.wrong-base', { name: 'MaxUserPort', value, meant }) };
  if (value < 5000 || value > 65_534) {
    return {
      finding: 'out-of-range',
      message: say('lint.out-of-range', { name: 'MaxUserPort', value, low: 5000, high: 65_534 }),
    };
  }
  const { range, rangeSource: source } = dynamicPool(facts);
  switch (maxUserPortStanding(facts, value)) {
    case 'unverified':
      return { finding: 'unverified', message: say('lint.max-user-port', { value }) };
    case 'in-effect':
      return { finding: 'ok', message: say('lint.max-user-port-agrees', { value, source }) };
    case 'contradicted':
      return {
        finding: 'no-effect',
        message: say('lint.max-user-port-contradicted', { value, undo: deleteParameter('MaxUserPort') }),
      };
    case 'overruled': {
      const undo = deleteParameter('MaxUserPort');
      const shown = { value, source, start: range.start, end: lastPort(range), undo };
      return { finding: 'leftover', message: say('lint.max-user-port-overruled', shown) };
    }
  }
}

function lintDelay(facts: HostFacts, value: number): Finding {
  const name = 'TcpTimedWaitDelay';
  const meant = meantInDecimal(value, DELAY_HABITS);
  if (meant !== null) return { finding: 'wrong-base', message: say('lint.wrong-base', { name, value, meant }) };
  const low = shortestLegalDelay(facts);
  const { high } = LEGAL_DELAY_SECONDS;
  if (value < low || value > high) {
    return { finding: 'out-of-range', message: say('lint.out-of-range', { name, value, low, high }) };
  }
  const short = value < SHORTEST_DELAY_LEGAL_EVERYWHERE;
  const measured = facts.timeWaitDelay.families.flatMap((one) => one.measured ?? []).find((one) => proves(one, value));
  if (measured !== undefined) return { finding: 'ok', message: say('lint.delay', { value, short, measured }) };
  const undo = deleteParameter(name);
  return { finding: 'unverified', message: say('lint.delay-unproven', { value, short, undo }) };
}

/** 30 s up to Windows Server 2012; without a version 2 s may be legal. */
function shortestLegalDelay({ events }: HostFacts): number {
  const version = windowsVersion(events)?.name;
  return version !== undefined && VERSIONS_FROM_30.includes(version)
    ? SHORTEST_DELAY_LEGAL_EVERYWHERE
    : LEGAL_DELAY_SECONDS.low;
}

/** Sockets that live this long, and would not under another delay: bounded on both sides, or gone before any default is over. */
function proves({ low, high }: Estimate, seconds: number): boolean {
  if (high === null || seconds < low - MEASURED_DELAY_ERROR_SECONDS || seconds > high + MEASURED_DELAY_ERROR_SECONDS)
    return false;
  return low > 0 || high < ASSUMED_DELAY_SECONDS.low;
}
