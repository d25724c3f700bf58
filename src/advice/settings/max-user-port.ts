import type { HostFacts } from '../../measure/facts.js';
import type { PortPool } from '../../measure/pools/port-pool.js';
import { MAX_USER_PORT_START } from '../../measure/pools/range-in-effect.js';
import { say } from '../../messages/say.js';
import { lastPort, MAX_PORT } from '../../model/port.js';
import type { Message } from '../../model/report-message.js';
import type { Recommendation } from '../../model/report-advice.js';
import { capturedParameter, deleteParameter, setParameter, showParameter } from './registry-commands.js';
import { namedListeners } from '../plan/named-listeners.js';
import type { SettingsPlan } from '../plan/settings-plan.js';

/** MaxUserPort's highest and lowest documented values. Source: KB 196271. */
const HIGHEST_MAX_USER_PORT = 65_534;
const LOWEST_MAX_USER_PORT = 5000;
/** Sources differ by one on where its range starts: KB 929851 and Nmap issue 3499. */
const STARTS = [1024, MAX_USER_PORT_START];

/** Whether the range that a MaxUserPort stands for is the one the host shows, or its ports do; `unverified` where neither tells. */
export type MaxUserPortStanding = 'in-effect' | 'overruled' | 'contradicted' | 'unverified';

/** 65535 is set by a script of Microsoft's own (BizTalk) and read as what it says. */
export function isLegalMaxUserPort(value: number): boolean {
  return value >= LOWEST_MAX_USER_PORT && value <= MAX_PORT;
}

/** No source says which of netsh and MaxUserPort wins, so only what netsh or Get-NetTCPSetting shows tells. */
export function maxUserPortStanding(facts: HostFacts, value: number): MaxUserPortStanding {
  const pool = dynamicPool(facts);
  if (pool.rangeSource !== 'registry' && pool.doubted?.source === 'registry') return 'contradicted';
  if (pool.rangeSource !== 'netsh' && pool.rangeSource !== 'Get-NetTCPSetting') return 'unverified';
  return STARTS.includes(pool.range.start) && lastPort(pool.range) === value ? 'in-effect' : 'overruled';
}

/** The pool whose range it can set. */
export function dynamicPool({ pools, pool }: HostFacts): PortPool {
  return pools.find(({ id }) => id === 'tcp') ?? pool;
}

/** What to do with MaxUserPort: the other spelling of a range that is to change, a leftover beside it, or nothing. */
export function maxUserPortAdvice(facts: HostFacts, plan: SettingsPlan): Recommendation['maxUserPort'] {
  const captured = capturedParameter(facts, 'MaxUserPort');
  const configured = typeof captured === 'number' ? captured : null;
  if (plan.range !== null && configured !== null) {
    return leftover(configured, say('advice.max-user-port.leftover', { value: configured }));
  }
  if (plan.range !== null) {
    return {
      configured,
      recommended: HIGHEST_MAX_USER_PORT,
      change: false,
      standsFor: standsFor(HIGHEST_MAX_USER_PORT),
      applied: 'instead-of-netsh',
      restartRequired: 'unverified',
      reason: spelling(facts, plan),
    };
  }
  if (configured !== null && !isLegalMaxUserPort(configured)) {
    const undo = deleteParameter('MaxUserPort');
    return leftover(configured, say('advice.max-user-port.illegal', { value: configured, undo }));
  }
  const standing = configured === null ? null : maxUserPortStanding(facts, configured);
  return {
    configured,
    recommended: null,
    change: false,
    // Where the host shows another range, it stands for nothing.
    standsFor:
      configured === null || standing === 'overruled' || standing === 'contradicted' ? null : standsFor(configured),
    applied: 'not-applied',
    restartRequired: 'unverified',
    reason: leave(facts, configured, standing),
  };
}

/** A value to remove, for the reason given. */
function leftover(configured: number, reason: Message): Recommendation['maxUserPort'] {
  return {
    configured,
    recommended: null,
    change: true,
    standsFor: null,
    applied: 'remove-leftover',
    restartRequired: 'unverified',
    reason,
  };
}

function standsFor(value: number): { start: number; count: number } {
  return { start: MAX_USER_PORT_START, count: value - MAX_USER_PORT_START + 1 };
}

/** It starts at 1025 whatever listens there, so what it takes in beyond the range of the plan is named. */
function spelling(facts: HostFacts, plan: SettingsPlan): Message {
  const end = (plan.range ?? plan.current).start;
  const added = { start: MAX_USER_PORT_START, count: Math.max(end - MAX_USER_PORT_START, 0) };
  return say('advice.max-user-port.spelling', {
    start: MAX_USER_PORT_START,
    end: HIGHEST_MAX_USER_PORT,
    ...namedListeners(facts, plan.offer.listenersIn(added)),
    // Where the key was captured without it there is nothing to note.
    look: capturedParameter(facts, 'MaxUserPort') === 'absent' ? null : showParameter('MaxUserPort'),
    set: setParameter('MaxUserPort', HIGHEST_MAX_USER_PORT),
    undo: deleteParameter('MaxUserPort'),
  });
}

function leave(facts: HostFacts, value: number | null, standing: MaxUserPortStanding | null): Message {
  const pool = dynamicPool(facts);
  if (value === null || standing === null) return say('advice.max-user-port.leave');
  if (standing === 'unverified') return say('advice.max-user-port.unverified', { value });
  if (standing === 'in-effect') return say('advice.max-user-port.keep', { value });
  if (standing === 'contradicted')
    return say('advice.max-user-port.contradicted', { value, undo: deleteParameter('MaxUserPort') });
  return say('advice.max-user-port.overruled', {
    value,
    source: pool.rangeSource,
    start: pool.range.start,
    end: lastPort(pool.range),
    undo: deleteParameter('MaxUserPort'),
  });
}
