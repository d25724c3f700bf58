import type { RecordSink } from '../parser.js';
import { serviceNames } from '../records/process-records.js';
import type { SectionReader } from './section-reader.js';

// Image Name                     PID Session Name        Session#    Mem Usage
// ========================= ======== ================ =========== ============
// sqlservr.exe                  4312 Services                   0    812,340 K
//
// Image Name                     PID Services                                        (/svc)
// ========================= ======== ============================================
// svchost.exe                   1204 Dhcp, EventLog, lmhosts,
//                                    TimeBrokerSvc
const RULER = /^={3,}(?: ={3,}){2,}$/;
const WHOLE_NUMBER = /^\d{1,10}$/;
const PID = /\s(\d{1,10})(?=\s|$)/;
const SERVICES_COLUMNS = 3;
const USER_COLUMN = 6;
/** What stands for "no services" and "no user": the word differs by language, and PID 0 always shows it. */
const NONE_WORDS = ['N/A', '暂缺'];

interface Row {
  readonly pid: number;
  readonly image: string;
  readonly user: string | null;
  services: string;
  readonly line: number;
}

/** Reads the table form of `tasklist`, plain, `/svc` or `/v`, in any language: cut by its ruler, which is never translated. */
export class TasklistReader implements SectionReader {
  readonly #sink: RecordSink;
  readonly #none = new Set(NONE_WORDS);
  #columns: readonly { readonly start: number; readonly end: number }[] = [];
  #row: Row | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    if (RULER.test(text)) {
      this.leave();
      this.#columns = [...text.matchAll(/=+/g)].map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
      return true;
    }
    if (this.#columns.length === 0) return false;
    if (/^\s/.test(text) && this.#row !== null && this.#columns.length === SERVICES_COLUMNS) {
      this.#row.services += ` ${text.trim()}`;
      return true;
    }
    const row = this.#cut(text, line);
    if (row === null) {
      this.leave();
      return false;
    }
    this.#handOn();
    if (row.pid === 0 && row.services !== '') this.#none.add(row.services);
    this.#row = row;
    return true;
  }

  leave(): void {
    this.#handOn();
    this.#columns = [];
  }

  command(): void {
    this.leave();
  }

  #cut(text: string, line: number): Row | null {
    const [imageColumn, pidColumn, third] = this.#columns;
    if (imageColumn === undefined || pidColumn === undefined || third === undefined || /^\s/.test(text)) return null;
    const hasServices = this.#columns.length === SERVICES_COLUMNS;
    const pid = text.slice(pidColumn.start, pidColumn.end).trim();
    if (!WHOLE_NUMBER.test(pid)) return cutByPid(text, hasServices, line);
    return {
      pid: Number(pid),
      image: text.slice(0, imageColumn.end).trim(),
      user: this.#user(text),
      services: hasServices ? text.slice(third.start).trim() : '',
      line,
    };
  }

  #user(text: string): string | null {
    const column = this.#columns[USER_COLUMN];
    if (column === undefined || text[column.start - 1] !== ' ') return null;
    const user = text.slice(column.start, column.end).trim();
    return user === '' || this.#none.has(user) ? null : user;
  }

  #handOn(): void {
    if (this.#row === null) return;
    const { pid, image, user, services, line } = this.#row;
    this.#row = null;
    this.#sink.process({
      pid,
      image,
      services: this.#none.has(services) ? [] : serviceNames(services),
      user,
      commandLine: null,
      startedAt: null,
      line,
    });
  }
}

/** Characters two columns wide in a name move the rest of its row away from the ruler: then the first number is the PID. */
function cutByPid(text: string, hasServices: boolean, line: number): Row | null {
  const pid = PID.exec(text);
  if (pid === null) return null;
  const image = text.slice(0, pid.index).trim();
  if (!/[^\p{ASCII}]/u.test(image)) return null;
  const rest = text.slice(pid.index + pid[0].length).trim();
  return { pid: Number(pid[1]), image, user: null, services: hasServices ? rest : '', line };
}
