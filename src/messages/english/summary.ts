import type { AddressFamily } from '../../model/endpoint.js';
import type { Transport } from '../../model/connection.js';
import type { Confidence } from '../../model/report-judgement.js';
import type { ReportInput } from '../../model/report.js';
import { counted, figures, listed, number } from './figures.js';
import { systemError } from './system-errors.js';
import { terms } from './terms.js';

const timeSources: Record<ReportInput['timeSource'], string> = {
  'in-file': 'in-file',
  'file-name': 'file-name',
  'modified-time': 'modified-time',
  unknown: 'unknown',
};

/** What a run says at the terminal. */
export const englishSummary = {
  labels: {
    settings: 'Settings',
    next: 'Next',
    collect: 'Collect',
    read: 'Read',
    problems: 'Problems',
    written: 'Written',
  },
  heading: (host: string, mechanism: string, confidence: Confidence) =>
    `${host}  ${mechanism}, ${terms.confidences[confidence]}`,
  numbered: (place: number, title: string) => `${String(place)}. ${title}`,
  commandsInReport: '(the report has the commands)',
  setting: {
    leave: (name: string) => `${name} leave as it is`,
    leaveAt: (name: string, value: string) => `${name} leave at ${value}`,
    set: (name: string, value: string) => `${name} set to ${value}`,
    remove: (name: string, value: string) => `${name} remove the value ${value}`,
  },
  seconds: (value: number) => `${String(value)} s`,
  range: (transport: Transport, family: AddressFamily) => `dynamic range ${transport} ${family}`,
  read: (p: { files: number; bytes: number; seconds: number; formats: readonly { format: string; files: number }[] }) =>
    `${counted(p.files, 'file')}, ${figures.fileSize(p.bytes)} in ${number(p.seconds)} s: ${listed(p.formats.map(({ format, files }) => `${number(files)} ${format}`))}`,
  file: (p: {
    file: string;
    facts: readonly string[];
    records: number;
    skipped: number;
    timeSource: ReportInput['timeSource'];
  }) =>
    `${p.file}: ${p.facts.join(' ')}, ${counted(p.records, 'record')}, ${number(p.skipped)} skipped, time ${timeSources[p.timeSource]}`,
  problem: (file: string, problem: string) => `${file}: ${problem}`,
  systemError,
  furtherProblems: (count: number) => `and ${number(count)} more; the report lists what was read`,
  written: (file: string, bytes: number) => `${file} (${figures.fileSize(bytes)})`,
};
