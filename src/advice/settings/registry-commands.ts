import type { HostFacts } from '../../measure/facts.js';
import { isParametersKey } from '../../measure/pools/range-in-effect.js';

export const PARAMETERS_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
export const PARAMETERS_PATH = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';

/**
 * Keeps a record of the key before it is changed. Never part of a way back: importing it would also bring back the addresses, DNS
 * servers and host name that stood below the key at that time.
 */
export const RECORD_PARAMETERS = `reg export "${PARAMETERS_KEY}" "%TEMP%\\tcpip-parameters-record.reg" /y`;
export const RECORD_PARAMETERS_POWERSHELL = RECORD_PARAMETERS.replace('%TEMP%', '$env:TEMP');

/** The captured value of a dword directly under Tcpip\Parameters: a number, `absent` where the key was captured without it, else `unknown`. */
export function capturedParameter(facts: HostFacts, name: string): number | 'absent' | 'unknown' {
  let keySeen = false;
  for (const { record } of facts.evidence.settings) {
    if (record.kind !== 'registry-key' && record.kind !== 'registry-value') continue;
    if (!isParametersKey(record.path)) continue;
    keySeen = true;
    if (record.kind === 'registry-value' && record.name.toLowerCase() === name.toLowerCase() && record.value !== null) {
      return record.value;
    }
  }
  return keySeen ? 'absent' : 'unknown';
}

/** Back to what Windows does by itself. */
export function deleteParameter(name: string): string {
  return `reg delete "${PARAMETERS_KEY}" /v ${name} /f`;
}

export function setParameter(name: string, value: number | 'NOTED'): string {
  return `reg add "${PARAMETERS_KEY}" /v ${name} /t REG_DWORD /d ${String(value)} /f`;
}

/** Prints the one value that is about to change, or that there is none. */
export function showParameter(name: string): string {
  return `reg query "${PARAMETERS_KEY}" /v ${name}`;
}

/** The commands that put a value back to what was captured, or, where it was not, to what was noted before the change. */
export function restoreParameter(facts: HostFacts, name: string): string[] {
  const captured = capturedParameter(facts, name);
  switch (captured) {
    case 'absent':
      return [deleteParameter(name)];
    case 'unknown':
      return [
        `rem Where the query before the change found no ${name}:`,
        deleteParameter(name),
        'rem Where it printed one, with that value in place of NOTED:',
        setParameter(name, 'NOTED'),
      ];
    default:
      return [setParameter(name, captured)];
  }
}

export function dword(value: number): string {
  return `dword:${value.toString(16).padStart(8, '0')}`;
}
