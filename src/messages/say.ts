import type { Message, MessageParam } from '../model/report.js';
import { english, type MessageId, type ParamsOf } from './english.js';

/** Makes a message: its id, its parameters as plain data, and its sentence in English. */
export function say<Id extends MessageId>(id: Id, ...[params]: SayArguments<Id>): Message {
  const given = (params ?? {}) as Record<string, MessageParam>;
  return { id, params: given, text: (english[id] as (p: unknown) => string)(given) };
}

type SayArguments<Id extends MessageId> = ParamsOf<Id> extends undefined ? [] : [params: ParamsOf<Id>];
