import { describe, expect, it } from 'vitest';
import { phrase } from '../../src/messages/phrase.js';
import { classifyEvents } from '../../src/measure/events/classified-events.js';
import { eventReport } from '../../src/report/event-report.js';
import type { EventGroup } from '../../src/model/event-group.js';
import type { EventRole } from '../../src/model/report.js';

const AT = Date.UTC(2026, 2, 2, 8, 43);

function said(provider: string, id: number, role: EventRole, values: readonly string[], count = 1): string | undefined {
  const data = values.map((value) => ({ name: null, value }));
  const sample = { host: 'RDSH01', provider, id, atMs: AT, recordId: 1, channel: 'System', data, line: 1, text: '' };
  const times = { fromMs: AT, toMs: AT, clockErrorSeconds: 0 };
  const group: EventGroup = { provider, id, role, weight: 1, file: 'a.xml', ...times, count, sample };
  const message = eventReport(classifyEvents([group]), [AT]).events[0]?.message;
  return message === undefined ? undefined : phrase(message, 'en');
}

describe('what the report says of an event', () => {
  it.each([
    ['Service Control Manager', 7036, ['Print Spooler', 'stopped'], 1, 'Print Spooler: stopped.'],
    ['Service Control Manager', 7036, ['Print Spooler'], 1, 'Print Spooler.'],
    [
      'Service Control Manager',
      7036,
      ['Print Spooler', 'stopped'],
      3,
      'Print Spooler: stopped, and 2 others in the same minute.',
    ],
    ['Service Control Manager', 7045, ['Fabrikam Agent', 'C:\\a.exe'], 1, 'Service installed: Fabrikam Agent.'],
    ['Microsoft-Windows-WindowsUpdateClient', 19, ['KB2267602', '{guid}'], 1, 'Update installed: KB2267602.'],
    ['User32', 1074, ['winlogon.exe (RDSH01)'], 1, 'Restart or shutdown asked for by winlogon.exe (RDSH01).'],
    ['User32', 1074, [], 1, 'A change of the host.'],
  ] as const)('names what %s %i changed', (provider, id, values, count, text) => {
    expect(said(provider, id, 'change', values, count)).toBe(text);
  });

  it('gives an uptime below two days in hours', () => {
    const uptime = (seconds: string) => said('EventLog', 6013, 'boot', ['', '', '', '', seconds, '60']);
    expect([uptime('172799'), uptime('172800')]).toEqual([
      'The host had been up for 48 h.',
      'The host had been up for 2 days.',
    ]);
    expect(said('EventLog', 6013, 'boot', [])).toBe('The uptime of the host.');
  });
});
