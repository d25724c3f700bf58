// **********************
// Windows PowerShell transcript start            Start der Windows PowerShell-Aufzeichnung
// Start time: 20260302101500                     Startzeit: 20260302101500
// Username: CONTOSO\anna.admin
// Machine: RDSH01 (Microsoft Windows NT 10.0.17763.0)
// PSVersion: 5.1.17763.1
// **********************
const STARS = /^\*{20,}$/;
const TITLE = /PowerShell/;
const MACHINE = /^[^:]+:\s*(\S+) \(Microsoft Windows NT [\d.]+\)$/u;
const FACT = /^[^:]{1,60}:/u;

/** Reads what Start-Transcript and Stop-Transcript write around a session, in any language. Its time is not that of a table in it. */
export class TranscriptHeader {
  #next: 'stars' | 'title' | 'facts' = 'stars';
  /** The machine that the session ran on; null until one is named. */
  host: string | null = null;

  readLine(text: string): boolean {
    if (STARS.test(text)) {
      this.#next = this.#next === 'facts' ? 'stars' : 'title';
      return this.#next === 'stars';
    }
    if (this.#next === 'title') this.#next = TITLE.test(text) ? 'facts' : 'stars';
    else if (this.#next === 'facts' && !FACT.test(text)) this.#next = 'stars';
    if (this.#next !== 'facts') return false;
    this.host = MACHINE.exec(text)?.[1] ?? this.host;
    return true;
  }
}
