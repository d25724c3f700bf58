import { assemble, type Capture } from '../../src/capture/assemble/assemble.js';
import { readSnapshots } from '../../src/capture/replay/snapshot-reader.js';
import { surveyFile, type FileSurvey } from '../../src/capture/survey/survey-file.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { AnalysisOptions } from '../../src/model/analysis.js';
import { Interner, TcpState } from '../../src/model/connection.js';
import { formatEndpoint } from '../../src/model/endpoint.js';
import type { EvidenceFile } from '../../src/model/input.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { OPTIONS } from './capture.js';
import { poisonedChunks, type ChunkKind } from './poisoned-source.js';

/** A file in memory that counts how often it was opened and how often its reading came to an end, early or late. */
export interface WatchedFile extends EvidenceFile {
  opened: number;
  closed: number;
  chunksRead: number;
}

/** Handed over in chunks that are overwritten, as a reader of a disk would do it. */
export function watchedFile(
  path: string,
  content: string | Uint8Array,
  {
    modifiedMs = null,
    chunkBytes = 65_536,
    kind = 'Uint8Array',
  }: { modifiedMs?: number | null; chunkBytes?: number; kind?: ChunkKind } = {},
): WatchedFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file: WatchedFile = {
    path,
    bytes: bytes.length,
    modifiedMs,
    opened: 0,
    closed: 0,
    chunksRead: 0,
    open: async function* () {
      file.opened += 1;
      try {
        for await (const chunk of poisonedChunks(bytes, chunkBytes, kind)) {
          file.chunksRead += 1;
          yield chunk;
        }
      } finally {
        file.closed += 1;
      }
    },
  };
  return file;
}

export async function surveysOf(files: readonly EvidenceFile[]): Promise<FileSurvey[]> {
  const surveys = [];
  for (const file of files) surveys.push(await surveyFile(file, nodePlatform, () => undefined));
  return surveys;
}

export async function captureOf(
  files: readonly EvidenceFile[],
  options: Partial<AnalysisOptions> = {},
): Promise<Capture> {
  return assemble(await surveysOf(files), { ...OPTIONS, timezone: null, ...options });
}

const STATE_NAMES = new Map<number, string>(Object.entries(TcpState).map(([name, state]) => [state, name]));

/** Every snapshot of every host with its rows as text, sorted: `HOST moment file` and `State local > remote pid`. */
export async function tablesOf(
  files: readonly EvidenceFile[],
  options: Partial<AnalysisOptions> = {},
): Promise<{ snapshot: string; rows: string[] }[]> {
  const capture = await captureOf(files, options);
  const tables = [];
  for (const host of capture.hosts) {
    for await (const snapshot of readSnapshots(host, capture, nodePlatform, new Interner(), () => undefined)) {
      const at = snapshot.atMs === null ? 'undated' : new Date(snapshot.atMs).toISOString().slice(0, 19);
      tables.push({ snapshot: `${snapshot.host} ${at} ${snapshot.file}`, rows: rowTexts(snapshot) });
    }
  }
  return tables;
}

function rowTexts({ rows }: Snapshot): string[] {
  return Array.from({ length: rows.length }, (_, index) => {
    const { udp, state, localAddress, localPort, remoteAddress, remotePort, pid } = rows.row(index);
    const local = formatEndpoint(rows.addresses.valueOf(localAddress), localPort);
    const remote = formatEndpoint(rows.addresses.valueOf(remoteAddress), remotePort);
    return `${udp ? 'Udp' : (STATE_NAMES.get(state) ?? '?')} ${local} > ${remote} ${String(pid)}`;
  }).sort();
}
