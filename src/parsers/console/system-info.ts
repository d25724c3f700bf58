import type { RecordSink } from '../parser.js';
import { findStamp } from '../text/parse-stamp.js';
import type { SectionReader } from './section-reader.js';

// systeminfo:
//   Host Name:                 RDSH01
//   Original Install Date:     11/4/2024, 3:12:09 PM
//   System Boot Time:          3/2/2026, 6:02:11 AM
//
// net statistics workstation: its service starts with the host, and counts from then on.
//   Workstation Statistics for \\RDSH01
//
//   Statistics since 3/2/2026 6:02:11 AM
//
//     Bytes received                               12345678
const START =
  /^\s*(?:System Boot Time|Systemstartzeit|Heure de d.{1,3}marrage du syst.{1,3}me|Tiempo de arranque del sistema|Tempo di avvio sistema|Tempo de Inicializa.{1,6}o do Sistema|Время загрузки системы|系统启动时间|系統開機時間|システム起動時間|시스템 부트 시간)\s*[:：]\s*(\S.*)$/iu;
const SINCE =
  /^\s*(?:Statistics since|Statistik seit|Statistiques depuis|Estad.{1,3}sticas desde|Statistiche dal|Estat.{1,3}sticas desde)\s+(\S.*)$/iu;
const HOST =
  /^(?:Host Name|Hostname|Nom de l.h.{1,3}te|Nombre de host|Nome host|Nome do host|Имя узла|主机名|主機名稱|ホスト名|호스트 이름)\s*[:：]\s{2,}\S/iu;
/** A fact, or a further line of one. */
const FACT = /^\S[^:：]{2,}[:：]|^\s{10,}\S/u;
const STATISTICS = /^\S.*\s\\\\[\w.-]+$/;
/** No counter has a longer name; a pattern with two runs of anything must not meet a line of blanks. */
const LONGEST_COUNTER_LINE = 200;
const COUNTER = /^\s{2}\S.*\s{2,}\d+$/;

/** Reads when the host started from `systeminfo`, or when its Workstation service did from `net statistics workstation`. */
export class SystemInfoReader implements SectionReader {
  readonly #sink: RecordSink;
  #counting = false;
  #inFacts = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    if (this.#counting && text.length <= LONGEST_COUNTER_LINE && COUNTER.test(text)) return true;
    const since = SINCE.exec(text)?.[1];
    this.#counting = since !== undefined;
    const when = since ?? START.exec(text)?.[1];
    if (when === undefined) return this.#fact(text);
    const stamp = findStamp(when);
    if (stamp === null) this.#sink.problem('bad-time', line, text.trim());
    else {
      const what = since === undefined ? 'host' : 'workstation-service';
      this.#sink.setting({ kind: 'started', what, stamp, line, text: text.trim() });
    }
    return true;
  }

  leave(): void {
    this.#counting = false;
    this.#inFacts = false;
  }

  /** What else systeminfo tells is let be: its dates are not those of what stands below. */
  #fact(text: string): boolean {
    this.#inFacts = HOST.test(text) || (this.#inFacts && FACT.test(text));
    return this.#inFacts || STATISTICS.test(text);
  }

  command(): void {
    this.leave();
  }
}
