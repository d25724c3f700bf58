import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { LISTENERS, connections, netstat, reportOf } from '../support/capture.js';

it('an encoding that is given overrules what is found out, in the rows that are quoted too', async () => {
  const table = netstat('09:00:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 3)]);
  // Of the French page, the words for ESTABLISHED show nothing beyond ASCII: a computer's name beside a port does.
  const bytes = iconv.encode(table.replaceAll('10.20.7.31:1433', 'büro-größe:1433'), 'cp850');
  const told = async (encoding?: 'cp850' | 'utf-16le'): Promise<unknown> => {
    const { inputs, hosts } = await reportOf({ 'netstat.txt': bytes }, encoding === undefined ? {} : { encoding });
    return [inputs[0]?.encoding, hosts[0]?.destinations.map(({ remote }) => remote)];
  };
  expect(await told()).toEqual(['8-bit, undecided', ['b\u0081ro-gr\u0094\u00e1e:1433']]);
  expect(await told('cp850')).toEqual(['cp850', ['büro-größe:1433']]);
  expect(await told('utf-16le')).toEqual(['8-bit, undecided', ['b\u0081ro-gr\u0094\u00e1e:1433']]);
});
