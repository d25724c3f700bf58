import type { EventInWords, EventTime, LogEvent } from '../../../src/model/log-event.js';
import type { EventHeader } from '../../../src/parsers/parser.js';

/** An event in words as one line: where, what, when, on which host, what else is known of it. */
export function wordsInLine(event: EventInWords): string {
  const { line, provider, id, time, precisionSeconds, host, channel, recordId, data } = event;
  const known = [channel, recordId === null ? null : `record ${String(recordId)}`, ...data.map(({ value }) => value)];
  const extra = known.filter((text) => text !== null).join(' ');
  const precision = precisionSeconds === 60 ? ' by the minute' : precisionSeconds > 60 ? ' by the day' : '';
  const when = `${timeText(time)}${precision}`;
  return `${String(line)} ${provider} ${String(id)} at ${when} on ${host ?? 'no host'}${extra === '' ? '' : `, ${extra}`}`;
}

/** The same of an event that is as good as in the log. */
export function headerInLine({ line, provider, id, atMs, host, channel, recordId }: EventHeader): string {
  const at = new Date(atMs).toISOString();
  return `${String(line)} ${provider} ${String(id)} logged ${at} on ${host}, ${channel} record ${String(recordId)}`;
}

export function eventInLine({ line, id }: LogEvent): string {
  return `${String(line)} ${String(id)} matters`;
}

function timeText(time: EventTime): string {
  const wall = (ms: number): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, '');
  switch (time.kind) {
    case 'instant':
      return `${wall(time.epochMs)}Z`;
    case 'local':
      return wall(time.localMs);
    case 'ambiguous':
      return `${wall(time.monthFirstMs)}|${wall(time.dayFirstMs)}`;
    case 'yearless':
      return `month ${String(time.month)}, day ${String(time.day)}, minute ${String(time.minuteOfDay)}`;
  }
}
