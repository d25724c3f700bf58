import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import { poisonedChunks } from '../../support/poisoned-source.js';

/** The code with which a file of these bytes, one a letter, is refused. */
async function refusedAs(content: string): Promise<string> {
  const bytes = Uint8Array.from(content, (letter) => letter.charCodeAt(0));
  const open = () => poisonedChunks(bytes, 65_536, 'Uint8Array');
  const recognition = await recognise({ path: 'evidence', bytes: bytes.length, modifiedMs: null, open }, nodePlatform);
  return recognition.kind === 'refused' ? recognition.code : recognition.format;
}

const PADDING = '\0\x01\x02\x03'.repeat(300);
const wide = (text: string): string => text.replace(/./g, '$&\0');

describe('a file that is nothing known is named for what it is', () => {
  it.each([
    ['a screenshot', `\x89PNG\r\n\x1a\n${PADDING}`, 'image-file'],
    ['a photograph', `\xff\xd8\xff\xe0${PADDING}`, 'image-file'],
    ['a Word document', `PK\x03\x04${PADDING}[Content_Types].xml${PADDING}word/document.xml`, 'word-document'],
    ['an old Word document', `\xd0\xcf\x11\xe0${PADDING}${wide('WordDocument')}${PADDING}`, 'word-document'],
    ['a workbook', `PK\x03\x04${PADDING}xl/workbook.xml`, 'workbook'],
    ['a mail of Outlook', `\xd0\xcf\x11\xe0${PADDING}${wide('__substg1.0_0037001F')}`, 'outlook-mail'],
    ['another compound file', `\xd0\xcf\x11\xe0${PADDING}`, 'binary-file'],
    ['an archive', `PK\x03\x04${PADDING}netstat.txt`, 'archive-file'],
    ['a packet capture', `\x0a\x0d\x0d\x0a${PADDING}`, 'packet-capture'],
    ['a memory dump', `MDMP\x93\xa7${PADDING}`, 'memory-dump'],
    ['a registry hive', `regf${PADDING}`, 'registry-hive'],
    ['a program', `MZ\x90${PADDING}`, 'program-file'],
    ['a PDF', `%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${PADDING}`, 'pdf-file'],
    ['a PDF that begins as text', '%PDF-1.4\n1 0 obj\n', 'pdf-file'],
    ['rich text', '{\\rtf1\\ansi Dear Bob\\par}', 'word-document'],
    ['a page', '<!-- saved -->\n<!DOCTYPE html>\n<html><body>Ports</body></html>', 'html-page'],
    ['JSON', '[\n  {\n    "inventory": 50001\n  }\n]', 'json-file'],
    ['CliXml', '<Objs Version="1.1.0.1"><Obj/></Objs>', 'other-xml'],
    ['numbers that are nothing', `\x00\x10\x83\x44${PADDING}`, 'binary-file'],
    ['a letter', 'Dear Bob,\n[1] the server was down.\n', 'not-recognised'],
  ])('%s', async (_what, content, code) => {
    expect(await refusedAs(content)).toBe(code);
  });

  it('and read where it holds what can be read', async () => {
    const row = '  TCP    10.20.0.5:50101        198.51.100.31:1433     ESTABLISHED     4312\r\n';
    expect(await refusedAs(`<html><body><pre>\r\n${row}${row}</pre></body></html>`)).toBe('netstat');
  });
});
