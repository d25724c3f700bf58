import type { EventRole } from '../../../model/report.js';
import { assertNever } from '../../../model/assert-never.js';

/** The outline of an event's mark around (x, y): a shape a role, so that no colour is needed to tell them apart. */
export function markPath(role: EventRole, x: number, y: number): string {
  const at = (dx: number, dy: number): string => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  switch (role) {
    case 'onset':
    case 'symptom':
      return `M${at(-5, 5)}L${at(0, -5)}L${at(5, 5)}Z`;
    case 'boot':
      return `M${at(-1.5, -6)}L${at(1.5, -6)}L${at(1.5, 6)}L${at(-1.5, 6)}Z`;
    case 'change':
      return `M${at(0, -5)}L${at(5, 0)}L${at(0, 5)}L${at(-5, 0)}Z`;
    case 'recovery':
      return `M${at(-5, 0)}A5 5 0 1 0 ${at(5, 0)}A5 5 0 1 0 ${at(-5, 0)}Z`;
    case 'look-alike':
      return `M${at(-4, -4)}L${at(4, 4)}M${at(-4, 4)}L${at(4, -4)}`;
    case 'context':
      return `M${at(-2, 0)}A2 2 0 1 0 ${at(2, 0)}A2 2 0 1 0 ${at(-2, 0)}Z`;
    default:
      return assertNever(role);
  }
}
