import { describe, expect, it } from 'vitest';
import { leakingSessions } from '../../src/verdict/session-leak.js';
import { bound, LISTENERS, netstat } from '../support/capture.js';
import { factsOf } from '../support/host-facts.js';

const IMAGE = 'Fabrikam.Tray.exe';
/** `tasklist /v /fo csv` of one process for each user. */
const tasks = (users: readonly string[]): string =>
  [
    '"Image Name","PID","Session Name","Session#","Mem Usage","Status","User Name","CPU Time","Window Title"',
    ...users.map(
      (user, index) =>
        `"${IMAGE}","${String(4000 + index * 4)}","RDP-Tcp#3","3","9,000 K","Unknown","${user}","0:00:01","N/A"`,
    ),
    '',
  ].join('\r\n');

async function spread(users: readonly string[], ports: readonly number[]) {
  const rows = ports.flatMap((count, index) => bound(50_000 + index * 1_000, count, 4_000 + index * 4));
  const facts = await factsOf({
    'netstat.txt': netstat('09:10:00', [...LISTENERS, ...rows]),
    'tasks.csv': tasks(users),
  });
  const [first] = facts.consumers;
  return leakingSessions(facts, first === undefined ? [] : [first.identity.id]);
}

describe('a leak in every session', () => {
  it('is one program with processes of at least three users, of which none holds most', async () => {
    expect(await spread(['C\\a', 'C\\b', 'C\\c'], [300, 290, 280])).toEqual({
      process: IMAGE,
      processes: 3,
      users: 3,
      most: 300,
      ports: 870,
      named: ['C\\a (PID 4000)', 'C\\b (PID 4004)', 'C\\c (PID 4008)'],
    });
    expect(await spread(['C\\a', 'C\\b'], [300, 290])).toBeNull();
    expect(await spread(['C\\a', 'C\\a', 'C\\c'], [300, 290, 280])).toBeNull();
  });

  it('is none where one process holds half of it', async () => {
    expect(await spread(['C\\a', 'C\\b', 'C\\c'], [570, 290, 281])).not.toBeNull();
    expect(await spread(['C\\a', 'C\\b', 'C\\c'], [571, 290, 281])).toBeNull();
  });
});
