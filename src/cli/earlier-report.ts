import { open } from 'node:fs/promises';
import { isPortmortemReport } from '../parsers/text/portmortem-report.js';

/** A report says what it is in its first lines. */
const REPORT_HEAD_BYTES = 65_536;

/** True for a file that this program wrote, by what it begins with. */
export async function isEarlierReport(at: string): Promise<boolean> {
  const file = await open(at);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(REPORT_HEAD_BYTES), 0, REPORT_HEAD_BYTES, 0);
    return isPortmortemReport(new TextDecoder().decode(buffer.subarray(0, bytesRead)));
  } finally {
    await file.close();
  }
}
