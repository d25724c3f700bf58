import { describe, expect, it } from 'vitest';
import { readBytes } from './csv-reading.js';

const COLUMNS = 'LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess';
const CSV = '"LocalAddress","LocalPort","State","OwningProcess"\r\n"10.20.0.5","50101","Bound","4312"\r\n';

describe('a command that names the columns of a table', () => {
  it.each([
    `PS C:\\> Get-NetTCPConnection | Select-Object ${COLUMNS}`,
    `Get-NetTCPConnection | select ${COLUMNS}`,
    `[RDSH01]: PS C:\\Users\\admin> gtc | ft ${COLUMNS}`,
    `$t = Get-NetTCPConnection | sort ${COLUMNS}`,
  ])('is no header: %s', async (command) => {
    const { formats, rows, problems } = await readBytes(new TextEncoder().encode(`${command}\r\n${CSV}`));
    expect([formats, rows, problems]).toEqual([['tcp-connection-csv'], ['1: 3 Bound 10.20.0.5:50101 > :* 4312'], []]);
  });

  it('leaves a file of netstat to netstat', async () => {
    const text = `  TCP    10.20.0.5:50101        198.51.100.31:1433     ESTABLISHED     4312\r\nPS C:\\> Get-NetTCPConnection | ft ${COLUMNS}\r\n`;
    expect((await readBytes(new TextEncoder().encode(text))).formats).toEqual(['netstat']);
  });
});
