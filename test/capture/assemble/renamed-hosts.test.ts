import { describe, expect, it } from 'vitest';
import { connections, hostOf, LISTENERS, netshRange, netstat, reportOf, tcpCsv } from '../../support/capture.js';
import { captureOf, watchedFile } from '../../support/surveyed-capture.js';

/** `minute`: after the midnight before 3 March 2026. */
interface LoggedEvent {
  readonly host: string;
  readonly record: number;
  readonly minute: number;
  readonly id?: number;
  readonly provider?: string;
  readonly channel?: string;
}

function log(...events: readonly LoggedEvent[]): string {
  const lines = events.map(({ host, record, minute, id = 16, provider = 'EventLog', channel = 'System' }) => {
    const time = new Date(Date.UTC(2026, 2, 3, 0, minute)).toISOString();
    return [
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>",
      `<Provider Name='${provider}'/><EventID>${String(id)}</EventID><TimeCreated SystemTime='${time}'/>`,
      `<EventRecordID>${String(record)}</EventRecordID><Channel>${channel}</Channel><Computer>${host}</Computer></System>`,
      '<EventData><Data></Data></EventData></Event>',
    ].join('');
  });
  return lines.join('\r\n');
}

const FILE01 = 'FILE01.fabrikam.example';
/** Under the former name until minute 60 and record 12, under the latter from minute 70 and record 13 on. */
const RENAMED: readonly LoggedEvent[] = [
  { host: 'TEMPFILE', record: 10, minute: 0 },
  { host: 'TEMPFILE', record: 12, minute: 60 },
  { host: FILE01, record: 13, minute: 70, id: 6005 },
  { host: FILE01, record: 14, minute: 600 },
];
const changed = (changes: readonly Partial<LoggedEvent>[]): LoggedEvent[] =>
  RENAMED.map((event, index) => ({ ...event, ...changes[index] }));

/** Every host with its former names. */
async function hosts(...logs: readonly (readonly LoggedEvent[])[]): Promise<Record<string, readonly string[]>> {
  const files = logs.map((events, index) => watchedFile(`${String(index)}.xml`, log(...events)));
  const capture = await captureOf(files, { timezone: '+00:00' });
  return Object.fromEntries(capture.hosts.map(({ host, naming }) => [host, naming.formerNames]));
}

const ONE = { FILE01: ['TEMPFILE'] };
const TWO = { FILE01: [], TEMPFILE: [] };

describe('a change of name in one log', () => {
  it('is a rename where record numbers run on over a boot', async () => {
    expect(await hosts(RENAMED)).toEqual(ONE);
  });

  it('is one whichever way round the records stand in the file', async () => {
    expect(await hosts(RENAMED.toReversed())).toEqual(ONE);
  });

  it('is none without a boot between the names', async () => {
    expect(await hosts(changed([{}, {}, { id: 16 }]))).toEqual(TWO);
    expect(await hosts(changed([{}, { id: 6006 }, { id: 16 }]))).toEqual(ONE);
    expect(await hosts(changed([{ id: 6005 }, {}, { id: 16 }, { id: 6006 }]))).toEqual(TWO);
  });

  it('is none where record numbers begin anew', async () => {
    expect(await hosts(changed([{}, {}, { record: 1 }, { record: 2 }]))).toEqual(TWO);
  });

  it('is none over a hole wider than the records of a boot and than any other in the log', async () => {
    expect(await hosts(changed([{}, {}, { record: 513 }, { record: 514 }]))).toEqual(ONE);
    expect(await hosts(changed([{}, {}, { record: 514 }, { record: 515 }]))).toEqual(TWO);
    expect(await hosts(changed([{}, { record: 900 }, { record: 1790 }, { record: 1791 }]))).toEqual(ONE);
  });

  it('is none where the times of the names overlap, whatever their numbers', async () => {
    expect(await hosts(changed([{}, { minute: 71 }]))).toEqual(TWO);
    expect(await hosts(changed([{}, { minute: 70 }]))).toEqual(ONE);
  });

  it('is a rename where EventLog 6011 or 6012 says so, under either name', async () => {
    const elsewhere = [{}, {}, { record: 5000, id: 16 }, { record: 5001 }];
    expect(await hosts(changed(elsewhere))).toEqual(TWO);
    expect(await hosts(changed([{}, { id: 6011 }, ...elsewhere.slice(2)]))).toEqual(ONE);
    expect(await hosts(changed([{}, {}, { record: 5000, id: 6012 }, { record: 5001 }]))).toEqual(ONE);
    expect(await hosts(changed([{}, {}, { record: 5000, id: 16 }, { record: 5001, id: 6011 }]))).toEqual(TWO);
  });

  it('of which 6011 speaks is not one that came after another start', async () => {
    const [first, last, ...after] = changed([{ id: 6011 }, {}, { record: 5000, id: 16 }, { record: 5001 }]);
    if (first === undefined || last === undefined) throw new Error('no events');
    const start = (minute: number): LoggedEvent => ({ host: 'TEMPFILE', record: 11, minute, id: 6005 });
    expect(await hosts([first, start(10), last, ...after])).toEqual(ONE);
    expect(await hosts([first, start(11), last, ...after])).toEqual(TWO);
  });

  it('is none in a log of forwarded events', async () => {
    expect(await hosts(RENAMED.map((event) => ({ ...event, channel: 'ForwardedEvents' })))).toEqual(TWO);
  });

  it('is none where another log shows the former name still in use', async () => {
    expect(await hosts(RENAMED, [{ host: 'TEMPFILE', record: 900, minute: 70, channel: 'Application' }])).toEqual(ONE);
    expect(await hosts(RENAMED, [{ host: 'TEMPFILE', record: 900, minute: 71, channel: 'Application' }])).toEqual(TWO);
  });

  it('counts for the other logs of the machine too', async () => {
    const application = RENAMED.map((event) => ({
      ...event,
      id: 1000,
      provider: 'MsiInstaller',
      channel: 'Application',
    }));
    expect(await hosts(application)).toEqual(TWO);
    expect(await hosts(application, RENAMED)).toEqual(ONE);
  });

  it('may come again: the latest name is the host’s, the oldest former one stands first', async () => {
    const again: LoggedEvent[] = [{ host: 'FILE02', record: 15, minute: 610, id: 6009 }];
    expect(await hosts([...RENAMED, ...again])).toEqual({ FILE02: ['TEMPFILE', 'FILE01'] });
  });
});

describe('a name that Windows Setup made up', () => {
  const setup = (name: string): LoggedEvent[] => changed([{ host: name }, { host: name, id: 4231, provider: 'Tcpip' }]);

  it.each(['WIN-3FQ8K1PLM2T', 'MININT-8N5DLQ7', '37L4247F27-25'])('is a former one: %s', async (name) => {
    expect(await hosts(setup(name))).toEqual({ FILE01: [name] });
  });

  it('leaves what was logged under it to itself', async () => {
    const files = { 'System.xml': log(...setup('WIN-3FQ8K1PLM2T')) };
    const host = await hostOf(files);
    expect(host.events.map(({ id }) => id)).toEqual([6005]);
    expect(host.coverage.map(({ from, events }) => [from, events])).toEqual([['2026-03-03T01:10:00Z', 2]]);
    expect(host.naming.map(({ message }) => message.id)).toEqual(['host.former-names', 'host.image-names']);
    const asked = await hostOf(files, { host: 'win-3fq8k1plm2t' });
    expect([asked.host, asked.events.map(({ id }) => id)]).toEqual(['WIN-3FQ8K1PLM2T', [4231]]);
  });

  it('ends the life of the image before it too', async () => {
    const image: LoggedEvent = { host: 'GOLD2022', record: 1, minute: -60, id: 6006 };
    const host = await hostOf({ 'System.xml': log(image, ...setup('WIN-3FQ8K1PLM2T')) });
    expect([host.host, host.formerNames]).toEqual(['FILE01', ['GOLD2022', 'WIN-3FQ8K1PLM2T']]);
    expect(host.coverage.map(({ events }) => events)).toEqual([2]);
  });

  it('that comes last takes nothing from the host whose image was made', async () => {
    const sealed = RENAMED.map((event) => (event.host === FILE01 ? { ...event, host: 'WIN-3FQ8K1PLM2T' } : event));
    expect(await hosts(sealed)).toEqual({ TEMPFILE: [], 'WIN-3FQ8K1PLM2T': [] });
  });

  it('is no host’s own where two were made from one image', async () => {
    const other = changed([{}, {}, { host: 'FILE02' }, { host: 'FILE02' }]);
    expect(await hosts(RENAMED, other)).toEqual({ FILE01: ['TEMPFILE'], FILE02: ['TEMPFILE'] });
    const { hosts: told } = await captureOf([
      watchedFile('a.xml', log(...RENAMED)),
      watchedFile('b.xml', log(...other)),
    ]);
    expect(told.map(({ coverage }) => coverage.map(({ events }) => events))).toEqual([[2], [2]]);
  });
});

describe('a host that was renamed', () => {
  it('has the tables and settings that name none, the events of both names and one log without a seam', async () => {
    const rows = [...LISTENERS, ...connections('ESTABLISHED', 50_000, 40, { local: '192.0.2.7' })];
    const [first, last, start, ...after] = changed([{}, { id: 4227, provider: 'Tcpip' }]);
    if (first === undefined || last === undefined || start === undefined) throw new Error('no events');
    const host = await hostOf({
      'System.xml': log(first, { ...first, record: 11, minute: 1 }, last, start, ...after),
      'dynamicport.txt': netshRange(20_000, 2000),
      'netstat.txt': netstat('09:00:00', rows),
    });
    expect([host.host, host.formerNames, host.nameFrom]).toEqual(['FILE01', ['TEMPFILE'], 'evidence']);
    const [pool] = host.pools;
    expect([pool?.start, pool?.count, pool?.rangeSource]).toEqual([20_000, 2000, 'netsh']);
    expect(host.ledger.filter(({ poolId }) => poolId === 'tcp')).toHaveLength(1);
    expect(host.events.map(({ id }) => id)).toEqual([4227, 6005]);
    expect(host.coverage).toEqual([
      { file: 'System.xml', from: '2026-03-03T00:00:00Z', to: '2026-03-03T10:00:00Z', events: 5, gaps: [] },
    ]);
  });

  it('is found by its former name: in a path, in a column, with --host', async () => {
    const files = {
      'System.xml': log(...RENAMED),
      'other.csv': tcpCsv('09:00:00', LISTENERS, 'SQL07'),
      'TEMPFILE/netstat.txt': netstat('09:00:00', LISTENERS),
    };
    const { hosts: told } = await reportOf(files, { host: 'tempfile' });
    expect(told.map(({ host, ledger }) => [host, ledger.length > 0])).toEqual([['FILE01', true]]);
  });
});

describe('a name in two domains', () => {
  const moved = (minute: number): LoggedEvent[] => [
    { host: 'APP02.contoso.example', record: 1, minute: 0 },
    { host: 'APP02.contoso.example', record: 2, minute: 60 },
    { host: 'APP02.fabrikam.example', record: 3, minute },
  ];

  it('is two hosts at the same time, and one that was moved where one ends before the other begins', async () => {
    expect(await hosts(moved(59))).toEqual({ 'APP02.contoso.example': [], 'APP02.fabrikam.example': [] });
    expect(await hosts(moved(60))).toEqual({ APP02: ['APP02.contoso.example'] });
  });
});

describe('a name cut at fifteen letters', () => {
  const FULL = 'FABRIKAM-REPORTS-EAST.fabrikam.example';
  const full: LoggedEvent[] = [
    { host: FULL, record: 1, minute: 0 },
    { host: FULL, record: 2, minute: 600 },
  ];
  const named = async (cut: string, ...events: readonly LoggedEvent[]): Promise<string[]> => {
    const files = [
      watchedFile('a.xml', log(...full, ...events)),
      watchedFile('t.csv', tcpCsv('09:00:00', LISTENERS, cut)),
    ];
    return (await captureOf(files)).hosts.map(({ host }) => host);
  };

  it('is that of the only full name that begins so', async () => {
    expect(await named('FABRIKAM-REPORT')).toEqual(['FABRIKAM-REPORTS-EAST']);
  });

  it('is a host of its own where it is shorter, where two names begin so, or where it has a log of the same time', async () => {
    expect(await named('FABRIKAM-REPOR')).toContain('FABRIKAM-REPOR');
    expect(await named('FABRIKAM-REPORT', { host: 'FABRIKAM-REPORTS-WEST', record: 9, minute: 5 })).toHaveLength(3);
    expect(await named('FABRIKAM-REPORT', { host: 'FABRIKAM-REPORT', record: 9, minute: 5 })).toHaveLength(2);
  });

  it('may be that of a cluster: it is never its node', async () => {
    const provider = 'Microsoft-Windows-FailoverClustering';
    const node = { host: FULL, record: 3, minute: 9, id: 1135, provider };
    expect(await named('FABRIKAM-REPORT', node)).toEqual(['FABRIKAM-REPORT', 'FABRIKAM-REPORTS-EAST']);
  });
});
