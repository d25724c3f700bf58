const SHOWN_OBJECT_CHARACTERS = 200;

/** The beginning of an object on one line, for a problem that names it. */
export function shownObject(text: string): string {
  return text.slice(0, SHOWN_OBJECT_CHARACTERS).replace(/\s+/g, ' ').trim();
}
