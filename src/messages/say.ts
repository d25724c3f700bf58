import type { Message } from '../model/report-message.js';
import type { MessageId, ParamsOf } from './english/sentences.js';

/** Makes a message: its id and its parameters, as plain data. The sentence is made when a rendering asks for it. */
export function say<Id extends MessageId>(id: Id, ...[params]: ParamsOf<Id>): Message {
  return { id, params: params ?? {} };
}
