/**
 * Names the program that wrote the events, from the text before the first event and the event's own beginning. A guess for
 * the reader of the report: nothing depends on it.
 */
export function eventDialect(preamble: string, event: string): string {
  const quotesSingly = /^<Event\s+xmlns='/.test(event) || /^<Event>\s*<System>\s*<Provider [A-Za-z]+='/.test(event);
  const hasDeclaration = preamble.includes('<?xml');
  if (/^evtxexport /m.test(preamble)) return 'evtxexport';
  if (/^Record \d+\s*$/m.test(preamble)) return 'evtx_dump';
  if (quotesSingly) return hasDeclaration ? 'Event Viewer' : 'wevtutil';
  if (hasDeclaration) return preamble.includes('<Events') ? 'python-evtx' : 'evtx_dump';
  return /^<Event[^>]*>\s*\n/.test(event) ? 'Event Viewer copy' : 'event XML';
}
