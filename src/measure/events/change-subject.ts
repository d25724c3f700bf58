import type { EventGroup } from '../../model/event-group.js';
import { cut } from '../../model/source-ref.js';

/** Changes this shortly before the first sign of trouble are named: long enough for a deployment to show its effect. */
export const CHANGE_WINDOW_MS = 3_600_000;

/** What an event of the role `change` is about: a service, an update or a program, and the new state of a service; '' where it says none. */
export interface ChangeSubject {
  readonly id: number;
  readonly subject: string;
  readonly state: string;
}

/** Service Control Manager 7036 holds the service and its new state, the other changes what was changed, in this order. */
export function changeSubject({ id, sample }: EventGroup): ChangeSubject {
  const [subject = '', state = ''] = sample.data.map(({ value }) => cut(value));
  return { id, subject, state: id === 7036 ? state : '' };
}
