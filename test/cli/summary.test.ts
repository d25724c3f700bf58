import { describe, expect, it } from 'vitest';
import { summary, type SummaryContext } from '../../src/cli/summary.js';
import { say } from '../../src/messages/say.js';
import { paintFor } from '../../src/cli/terminal-text.js';
import type { Recommendation } from '../../src/model/report-advice.js';
import { aHost, aReport, words } from './a-report.js';

const context: SummaryContext = {
  written: [
    { shown: 'a.html', bytes: 140_300 },
    { shown: 'a.json', bytes: 999 },
  ],
  leftOut: [],
  elapsedMs: 340,
  verbose: false,
  paint: (_style, text) => text,
};

function aRecommendation(changes: Partial<Recommendation>): Recommendation {
  return { ...aHost().recommendation, ...changes };
}

describe('the summary', () => {
  it('says below the verdict what is to be known of the name', () => {
    const naming = [{ message: say('host.former-names', { names: ['OLD01', 'OLD02'] }), sources: [], sourceCount: 0 }];
    const told = summary(aReport({ hosts: [aHost({ naming })] }), context);
    expect(told).toContain('Nothing ran out.\nThe same machine was called OLD01 and OLD02 before.\n');
  });

  it('says verdict, settings, what was read, what was wrong with it and what was written', () => {
    expect(summary(aReport(), context)).toBe(
      `RDSH01  none, medium confidence
Nothing ran out.

Settings  TcpTimedWaitDelay leave as it is
          MaxUserPort leave as it is
          dynamic range tcp ipv4 leave at start=49152 num=16384

Read      1 file, 1.4 KB in 0.3 s: 1 netstat
Problems  netstat.txt: 1 row skipped.
Written   a.html (140 KB)
          a.json (999 B)
`,
    );
  });

  it('says what to set and to do', () => {
    const { tcpTimedWaitDelay, maxUserPort, dynamicPortRanges } = aHost().recommendation;
    const recommendation = aRecommendation({
      tcpTimedWaitDelay: { ...tcpTimedWaitDelay, configured: 120, recommended: 60, change: true },
      maxUserPort: { ...maxUserPort, configured: 5000, applied: 'remove-leftover', change: true },
      dynamicPortRanges: dynamicPortRanges.map((range) => {
        return { ...range, change: true, recommended: { start: 10000, count: 55536 } };
      }),
      actions: [
        {
          id: 'pool',
          title: words('Pool the connections of Contoso.Sync.exe'),
          why: words('It opens one a call.'),
          who: say('action.who', { role: 'host' }),
          duration: say('action.duration', { kind: 'look' }),
          workedWhen: say('action.worked.unpin', { remote: '192.0.2.7:102' }),
          when: 'now',
          planned: false,
          restartRequired: 'no',
          apply: { cmd: [], powershell: [], reg: null },
          verify: [],
          rollback: [],
          risks: [],
        },
      ],
    });
    expect(summary(aReport({ hosts: [aHost({ recommendation })] }), context)).toContain(
      `Settings  TcpTimedWaitDelay set to 60 s
          MaxUserPort remove the value 5000
          dynamic range tcp ipv4 set to start=10000 num=55536
Next      1. Pool the connections of Contoso.Sync.exe
`,
    );
  });

  it('leaves out a UDP range that stays, and names one that changes', () => {
    const [tcp] = aHost().recommendation.dynamicPortRanges;
    if (tcp === undefined) throw new Error('a host has a range');
    const stays = aRecommendation({ dynamicPortRanges: [{ ...tcp, transport: 'udp' }] });
    expect(summary(aReport({ hosts: [aHost({ recommendation: stays })] }), context)).not.toContain('udp');
    const changes = aRecommendation({ dynamicPortRanges: [{ ...tcp, transport: 'udp', change: true }] });
    expect(summary(aReport({ hosts: [aHost({ recommendation: changes })] }), context)).toContain(
      'dynamic range udp ipv4 set to start=49152 num=16384',
    );
  });

  it('says what to capture next time where the verdict is open, and only there', () => {
    const missingEvidence = [
      {
        what: words('A table with all states'),
        why: words('Filtered.'),
        when: 'while-it-happens' as const,
        collectWith: ['netstat -anoq'],
        powershellOnly: [],
      },
    ];
    const { verdict } = aHost();
    const open = aHost({ missingEvidence, verdict: { ...verdict, mechanism: 'undetermined' } });
    expect(summary(aReport({ hosts: [open] }), context)).toContain(
      'Collect   A table with all states\n          (the report has the commands)\n',
    );
    expect(summary(aReport({ hosts: [aHost({ missingEvidence })] }), context)).not.toContain('Collect');
  });

  it('adds one line a file when asked', () => {
    expect(summary(aReport(), { ...context, verbose: true })).toContain(
      '          netstat.txt: netstat -ano en utf-8, 20 records, 1 skipped, time unknown\n',
    );
  });

  it.each([
    [10, 10, null],
    [11, 10, '          and 1 more; the report lists what was read\n'],
  ])('of %d problems shows %d', (count, shown, rest) => {
    const leftOut = Array.from({ length: count - 1 }, (_, index) =>
      say('left-out.unreadable', { path: `e/${String(index)}`, reason: 'EACCES' }),
    );
    const text = summary(aReport(), { ...context, leftOut });
    expect(text.match(/permission denied|row skipped/g)).toHaveLength(shown);
    expect(text.includes('more; the report lists what was read\n')).toBe(rest !== null);
    if (rest !== null) expect(text).toContain(rest);
  });

  it('shows what the evidence says as text, whatever it holds', () => {
    const text = summary(aReport({ hosts: [aHost({ host: 'RD\u001b[31mSH01\u202e' })] }), context);
    expect(text).toContain('RD\\u001b[31mSH01\\u202e  none');
  });
});

describe('colours', () => {
  const terminal = { isTTY: true, columns: 80, write: () => undefined };

  it('are for terminals that do not refuse them', () => {
    expect(paintFor(terminal, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(paintFor(terminal, { NO_COLOR: '' })('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(paintFor(terminal, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(paintFor(terminal, { TERM: 'dumb' })('red', 'x')).toBe('x');
    expect(paintFor({ ...terminal, isTTY: false }, { FORCE_COLOR: '1' })('red', 'x')).toBe('x');
  });
});
