import type { MissingEvidence } from '../model/report.js';
import type { MessageId } from './english/sentences.js';

/** What kind of evidence a capture can lack: `log`, `registry`. */
export type EvidenceKind = Extract<MessageId, `lacking.${string}`> extends `lacking.${infer Kind}` ? Kind : never;

/** True where it is evidence of this kind that the capture lacks. */
export function lacks({ what }: MissingEvidence, kind: EvidenceKind): boolean {
  return what.id === `lacking.${kind}`;
}
