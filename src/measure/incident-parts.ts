import type { HostEvidence } from '../capture/assemble/assemble.js';
import { evidenceBetween } from '../capture/assemble/incident-evidence.js';
import { INCIDENT_GAP_MS, type IncidentWindow } from './events/incident-windows.js';

/** More incidents than this in one folder share the verdict of the host. */
const MAX_JUDGED_INCIDENTS = 8;

/** For each of several incidents the evidence captured from the end of the one before to the start of the one after it. */
export function incidentParts(host: HostEvidence, windows: readonly IncidentWindow[]): HostEvidence[] {
  if (windows.length < 2) return [];
  return windows.slice(0, MAX_JUDGED_INCIDENTS).map((window, index) => {
    const before = windows[index - 1];
    const fromMs = before === undefined ? -Infinity : (before.toMs ?? window.fromMs - INCIDENT_GAP_MS);
    return evidenceBetween(host, fromMs, windows[index + 1]?.fromMs ?? Infinity);
  });
}
