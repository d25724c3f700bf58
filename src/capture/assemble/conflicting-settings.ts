import type { SettingRecord } from '../../model/setting.js';
import type { FileSurvey } from '../survey/survey-file.js';

/** Notes every setting that another one, read earlier for the same host, states differently. The first one is used. */
export function noteConflicts(files: readonly FileSurvey[], hostOf: (file: FileSurvey) => string): void {
  const stated = new Map<string, string>();
  for (const file of files) {
    for (const record of file.settings) {
      const setting = named(record);
      if (setting === null) continue;
      const key = `${hostOf(file)}|${setting.name}`;
      const first = stated.get(key);
      if (first === undefined) stated.set(key, setting.value);
      else if (first !== setting.value) file.problems.addProblem('conflicting-settings', record.line, record.text);
    }
  }
}

function named(record: SettingRecord): { name: string; value: string } | null {
  switch (record.kind) {
    case 'dynamic-range': {
      const { origin, pool, transport, family, start, count } = record;
      return { name: [origin, pool, transport, family].join(' '), value: `${String(start)}+${String(count)}` };
    }
    case 'connection-attempts':
      return { name: record.kind, value: `${String(record.initialRtoMs)} ms, ${String(record.retransmissions)} times` };
    case 'registry-value':
      return record.value === null
        ? null
        : { name: `${record.path}\\${record.name}`.toLowerCase(), value: String(record.value) };
    case 'exclusions-listed':
    case 'exclusion':
    case 'registry-key':
    case 'started':
    case 'counted':
      return null;
  }
}
