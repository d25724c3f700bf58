import type { IsoTime } from '../../../model/report-message.js';
import { isUnseen, LEDGER_VIEWS, portsOf } from '../../../model/ledger-view.js';
import { poolBar } from '../charts/pool-bar.js';
import type { HostContext } from './context.js';
import { isPartial } from './partial-table.js';

/** The pool at its fullest, as a list of at most one picture. */
export function poolView(context: HostContext) {
  const { peak, words, figures } = context;
  if (peak === null) return [];
  const parts = LEDGER_VIEWS.map((view) => ({ view, name: words.terms.classes[view], ports: portsOf(peak, view) }));
  const present = parts.filter((part) => part.ports > 0);
  const unseen = parts.filter((part) => part.ports === 0 && isUnseen(peak, part.view));
  const partial = isPartial(peak);
  const freeName = partial ? words.timeline.freeOrNotListed : words.timeline.free;
  const bar = poolBar({ usable: peak.usable, parts: present });
  const share = (ports: number): string => figures.share(peak.usable === 0 ? null : ports / peak.usable);
  return [
    {
      title: title(peak.at, partial, context),
      description: words.timeline.describePool({
        inUse: figures.number(peak.inUse),
        usable: figures.number(peak.usable),
        share: share(peak.inUse),
        parts: figures.series(present.map((part) => words.timeline.part(part.name, figures.number(part.ports)))),
      }),
      width: bar.width,
      height: bar.height,
      bars: bar.bars.map(barView),
      magnified: [bar.magnified]
        .filter((one) => one !== null)
        .map(({ lens, factor }) => ({ lens, text: words.timeline.magnifiedBy(figures.number(factor)) })),
      unseen: unseen.length === 0 ? '' : words.timeline.unseenHere(figures.series(unseen.map((part) => part.name))),
      freeText: (partial ? words.timeline.notListed : words.timeline.freePorts)(figures.number(peak.free)),
      freeShown: peak.usable > 0 && peak.free / peak.usable > 0.2,
      legend: [...present.toReversed(), { view: 'free', name: freeName, ports: peak.free }].map(
        ({ ports, ...part }) => ({
          ...part,
          ports: figures.number(ports),
        }),
      ),
    },
  ];
}

function barView({ y, height, pieces }: ReturnType<typeof poolBar>['bars'][number]) {
  const named = pieces.map(({ labelled, ...piece }) => ({ ...piece, labels: labelled ? [piece.name] : [] }));
  return { y, height, labelY: y + height / 2 + 5, pieces: named };
}

function title(at: IsoTime | null, partial: boolean, { words, clock }: HostContext): string {
  if (at === null) return words.timeline.poolUndated;
  return (partial ? words.timeline.listedAt : words.timeline.poolAt)(clock.dayAndTime(at));
}
