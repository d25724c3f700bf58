import type { Transport } from '../../model/connection.js';
import { ADDRESS_FAMILIES } from '../../model/endpoint.js';

/** Stand before every change of a range: what they print is the way back, whatever was captured. */
export function showRangeCommands(transport: Transport): string[] {
  return ADDRESS_FAMILIES.map((family) => `netsh int ${family} show dynamicport ${transport}`);
}

/** The same for excluded ranges. */
export function showExclusionCommands(transport: Transport): string[] {
  return ADDRESS_FAMILIES.map((family) => `netsh int ${family} show excludedportrange protocol=${transport}`);
}
