import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/messages/languages.js';
import { phrase } from '../../../src/messages/phrase.js';
import type { HostReport } from '../../../src/model/report.js';
import { actionsView } from '../../../src/render/html/view/actions-view.js';
import { hostContext } from '../../../src/render/html/view/context.js';
import { pageContext } from '../../../src/render/html/view/page-context.js';
import { missingView } from '../../../src/render/html/view/hypotheses-view.js';
import { report } from '../../report/samples/build.js';
import { churnHost } from '../../report/samples/churn-host.js';
import { undeterminedHost } from '../../report/samples/undetermined-host.js';

const contextOf = (host: HostReport) => hostContext(host, 0, report([host]), pageContext(languageOf('en')));

describe('the commands that collect what is missing', () => {
  it('stand in a box of their own where only PowerShell runs them', () => {
    const host = undeterminedHost();
    const [first] = host.missingEvidence;
    if (first === undefined) throw new Error('the undetermined sample lacks evidence');
    host.missingEvidence = [
      { ...first, collectWith: ['netstat -anoq', 'Get-NetTCPConnection'], powershellOnly: ['Get-NetTCPConnection'] },
    ];
    expect(missingView(contextOf(host)).groups[0]?.items[0]?.boxes).toEqual([
      { shell: 'PowerShell', text: 'Get-NetTCPConnection', label: `PowerShell: ${phrase(first.what, 'en')}` },
      {
        shell: 'Command Prompt or PowerShell',
        text: 'netstat -anoq',
        label: `Command Prompt or PowerShell: ${phrase(first.what, 'en')}`,
      },
    ]);
  });

  it('are in one box a script, so that one copy never runs two', () => {
    const host = undeterminedHost();
    const [first] = host.missingEvidence;
    if (first === undefined) throw new Error('the undetermined sample lacks evidence');
    const [audit, trace, table, list] = ['$a = 1\n$b = 2', `$x; ${'y'.repeat(200)}`, 'Get-NetNat', 'Get-NetNatSession'];
    host.missingEvidence = [
      {
        ...first,
        collectWith: [audit, table, trace, list, 'netstat -anoq'],
        powershellOnly: [audit, table, trace, list],
      },
    ];
    const found = missingView(contextOf(host)).groups[0]?.items[0]?.boxes ?? [];
    expect(found.map(({ shell, text }) => [shell, text])).toEqual([
      ['PowerShell, 1 of 3', audit],
      ['PowerShell, 2 of 3', trace],
      ['PowerShell, 3 of 3', `${table}\n${list}`],
      ['Command Prompt or PowerShell', 'netstat -anoq'],
    ]);
    expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
  });

  it('are parted into those for the moment of trouble and those for any time', () => {
    const { groups } = missingView(contextOf(undeterminedHost()));
    expect(groups.map(({ title, items }) => [title, items.map(({ what }) => what)])).toEqual([
      ['To collect while it happens', ['All states of all connections', 'Who owned the ports']],
      ['To collect once, at any time', ['The dynamic port range']],
    ]);
    expect(missingView(contextOf(churnHost())).groups).toHaveLength(1);
  });
});

describe('the commands of an action', () => {
  it('stand once where both shells read the same, and apart where they differ', () => {
    const host = churnHost();
    const [, widen] = host.recommendation.actions;
    if (widen === undefined) throw new Error('the churn sample widens the range');
    const names = () => actionsView(contextOf(host))[1]?.apply.map(({ name }) => name);
    expect(names()).toEqual([
      'Command Prompt, as administrator',
      'PowerShell, as administrator',
      'Registry file (.reg)',
    ]);
    widen.apply = { cmd: widen.apply.cmd, powershell: [...widen.apply.cmd], reg: null };
    expect(names()).toEqual(['Command Prompt or PowerShell, as administrator']);
  });
});
