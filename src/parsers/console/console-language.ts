// The title line and the heading of the local address column, as whole dumps of each language print them. The wildcards
// stand for letters that arrive wrong when the code page was guessed wrong. Italian is known from its users' own tools only.
const TITLES: readonly (readonly [title: RegExp, language: string])[] = [
  [/Active Connections|Local Address +Foreign Address/i, 'en'],
  [/Aktive Verbindungen|Lokale Adresse/i, 'de'],
  [/Connexions actives|Adresse locale/i, 'fr'],
  [/Conexiones activas|Direcci.{1,3}n local/iu, 'es'],
  [/Conex.{1,3}es ativas|Endere.{1,3}o local/iu, 'pt'],
  [/Connessioni attive|Indirizzo locale/i, 'it'],
  [/Активные подключения|Локальный адрес/i, 'ru'],
  [/활성 연결|로컬 주소/, 'ko'],
  [/活动连接|本地地址|使用中連線|本機位址/, 'zh'],
  [/アクティブな接続|ローカル アドレス/, 'ja'],
];

/** The language (ISO 639-1) of a netstat title or heading, or null for any other line. */
export function netstatTitleLanguage(text: string): string | null {
  return TITLES.find(([title]) => title.test(text))?.[1] ?? null;
}

/** Alone on its line, or a row of headings: not a sentence that has its words. */
const ALONE = /^\s*\S+(?: \S+){0,2}\s*$|\S\s{2,}\S/;

/** True for a title or a heading of netstat with nothing else around it. */
export function isNetstatTitle(text: string): boolean {
  return ALONE.test(text) && netstatTitleLanguage(text) !== null;
}
