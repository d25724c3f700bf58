import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_BYTES_MAX } from '../../../src/parsers/event-log/event-framer.js';
import { recordEvents, type SinkCall } from './event-recording.js';

const EVENT = (id: number, content = '<EventData/>'): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Tcpip'/><EventID>${String(id)}</EventID>` +
  `<TimeCreated SystemTime='2026-03-02T10:00:00Z'/><Channel>System</Channel></System>${content}</Event>`;

/** The ids of the events counted and the problems, in file order: `4199`, `incomplete-event 2`. */
function outline(calls: readonly SinkCall[]): (number | string)[] {
  return calls.flatMap((made): (number | string)[] => {
    if (made.call === 'eventHeader') return 'id' in made.header ? [Number(made.header.id)] : [];
    return made.call === 'problem' ? [`${made.code} ${String(made.line)}`] : [];
  });
}

describe('cutting a log into events', () => {
  it.each([
    ['words that only begin like an event', `<Events><EventID>1</EventID><EventData>${EVENT(1)}</Events>`, [1]],
    ['an end tag with blanks', `${EVENT(1).slice(0, -1)} \n>${EVENT(2)}`, [1, 2]],
    ['an end tag without an event', `</Event>${EVENT(1)}</Event>`, [1]],
    ['an event inside an unfinished one', `${EVENT(1).slice(0, -9)}\n${EVENT(2)}`, ['incomplete-event 1', 2]],
    ['an event cut in the middle of a tag', `${EVENT(1).slice(0, 120)}\n${EVENT(2)}`, ['incomplete-event 1', 2]],
    ['an event that is never closed', `\n\n${EVENT(1)}\n<Event>`, [1, 'incomplete-event 4']],
    ['a file that ends in the start tag', `${EVENT(1)}<Event xmlns='http://sch`, [1, 'incomplete-event 1']],
    ['an event in a comment between events', `<!-- ${EVENT(1)} -->${EVENT(2)}`, [2]],
    ['an event in a comment of an event', EVENT(1, `<!-- ${EVENT(2)} --><EventData/>`), [1]],
    ['an event in CDATA', EVENT(1, `<EventData><Data><![CDATA[${EVENT(2)}]]></Data></EventData>`), [1]],
    ['an escaped event', EVENT(1, '<EventData><Data>&lt;Event&gt;&lt;/Event&gt;</Data></EventData>'), [1]],
    ['a comment that never closes', `<!-- ${EVENT(1)}${EVENT(2)}`, [1, 2]],
    ['CDATA that never closes', `${EVENT(1, '<![CDATA[')}\n${EVENT(2)}`, ['incomplete-event 1', 2]],
    ['exclamation marks that open nothing', `${'!'.repeat(99)}<!-- ${EVENT(1)} --> <! ${EVENT(2)}`, [2]],
    ['an event in an entity', `<!DOCTYPE x [<!ENTITY e "${EVENT(1)}">]>\n${EVENT(2)}`, ['doctype-refused 1', 2]],
    ['a lone declaration', `\n<!ENTITY e '${EVENT(1)}'>${EVENT(2)}`, ['doctype-refused 2', 2]],
    ['a declaration that never closes', `<!DOCTYPE x [\n${EVENT(2)}`, ['doctype-refused 1', 2]],
    ['a start tag with a line break', `<Event\n${EVENT(1).slice(6)}`, [1]],
    ['a bare start tag', EVENT(1).replace(/^<Event [^>]*>/, '<Event>'), [1]],
    ['nothing', '', []],
    ['no event at all', 'Event, <Events>, <EventData>, </Event>', []],
  ])('%s', (_what, file, expected) => {
    expect(outline(recordEvents(file))).toEqual(expected);
  });

  it('takes an event of the largest size and refuses one that is a byte larger, without losing the next', () => {
    const frame = EVENT(1, '<EventData><Data></Data></EventData>');
    const sized = (bytes: number): string =>
      EVENT(1, `<EventData><Data>${'a'.repeat(bytes - frame.length)}</Data></EventData>`);
    expect(outline(recordEvents(`${sized(EVENT_BYTES_MAX)}\n${EVENT(2)}`))).toEqual([1, 2]);
    expect(outline(recordEvents(`${sized(EVENT_BYTES_MAX + 1)}\n${EVENT(2)}`))).toEqual(['unreadable-event 1', 2]);
    expect(outline(recordEvents(`${sized(EVENT_BYTES_MAX + 1)}\n${EVENT(2)}`, 100_003))).toEqual([
      'unreadable-event 1',
      2,
    ]);
  });

  it('finds the events after an event, a comment and a CDATA section that fill megabytes', () => {
    const filler = 'x'.repeat(3 * EVENT_BYTES_MAX);
    const file = `${EVENT(1, filler)}\n${EVENT(2)}<!-- ${filler} -->\n${EVENT(3, `<![CDATA[${filler}`)}\n${EVENT(4)}`;
    expect(outline(recordEvents(file))).toEqual(['unreadable-event 1', 2, 'unreadable-event 3', 4]);
    expect(outline(recordEvents(file, 65_536))).toEqual(['unreadable-event 1', 2, 'unreadable-event 3', 4]);
  });

  it.each([
    ['colons', ':'],
    ['exclamation marks', '!'],
    ['opened comments', '<!--'],
    ['opened CDATA sections', '<![CDATA['],
    ['declarations', '<!DOCTYPE ['],
    ['start tags', '<Event>'],
    ['end tags', '</Event>'],
    ['the word itself', 'Event '],
    ['paths that end in the word', '/Event'],
    ['tags without an end', '<'],
    ['quotes', "<Event a='"],
    ['line breaks', '\n'],
  ])(
    'reads 2 MB of %s in seconds and still finds the event behind them',
    (_what, piece) => {
      const flood = piece.repeat(Math.ceil(2_000_000 / piece.length));
      const calls = recordEvents(`${flood}\n${EVENT(7)}`, 65_536);
      expect(outline(calls).at(-1)).toBe(7);
    },
    20_000,
  );

  it('says the same of any mixture of marks, however it is cut', () => {
    const piece = fc.constantFrom(
      ...['<Event', '<Event>', '</Event>', '</Event ', '>', '<Events>', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE'],
      ...[
        '!',
        '\n',
        'x',
        "'",
        '<',
        ' [',
        '<System>',
        '</System>',
        "<Provider Name='Tcpip'/>",
        '<EventID>4227</EventID>',
      ],
      ...["<TimeCreated SystemTime='2026-03-02T10:00:00Z'/>", EVENT(4227), EVENT(1), '<Computer>é</Computer>', '&'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (pieces, chunkBytes) => {
        const file = pieces.join('');
        expect(recordEvents(file, chunkBytes)).toEqual(recordEvents(file));
      }),
      { numRuns: 2000 },
    );
  });

  it('numbers lines as an editor does, wherever an event begins in its line', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1200 }), { maxLength: 30 }), (gaps) => {
        let file = '';
        const lines: number[] = [];
        for (const gap of gaps) {
          file += `${'-'.repeat(gap)}${gap % 3 === 0 ? '\r\n'.repeat(gap % 7) : ''}`;
          lines.push(file.split('\n').length);
          file += EVENT(9, `<EventData>\n<Data>${'\n'.repeat(gap % 5)}</Data></EventData>`);
        }
        const told = recordEvents(file, 777).flatMap((made) =>
          made.call === 'eventHeader' && 'line' in made.header ? [made.header.line] : [],
        );
        expect(told).toEqual(lines);
      }),
    );
  });
});
