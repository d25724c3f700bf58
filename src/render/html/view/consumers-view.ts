import type { Estimate } from '../../../model/estimate.js';
import type { Consumer } from '../../../model/report-holders.js';
import { isEssentialProcess } from '../../../model/essential-process.js';
import { SHORT_LIVED } from '../../../model/process.js';
import { barParts } from '../charts/bar.js';
import { capped, type Figures } from './page-figures.js';
import type { HostContext } from './context.js';
import { listsTimeWaitOnly } from './partial-table.js';
import { sourcesView } from './sources-view.js';

/** Who held the ports, and how far TIME_WAIT could be traced to anybody. */
export function consumersView(context: HostContext) {
  const { host, words, figures, clock } = context;
  // The culprit first, though it may hold no port of the pool: one that pins its source port lies outside it.
  const ordered = [...host.consumers].sort((a, b) => Number(b.atFault === 'yes') - Number(a.atFault === 'yes'));
  const { shown, more } = capped(ordered, context.rows(15), words, host.consumersOmitted);
  return {
    rows: shown.map((consumer) => ({
      process: words.processName(consumer.process),
      named: consumer.process !== SHORT_LIVED,
      pids: pids(consumer),
      fault: words.terms.faults[consumer.atFault],
      atFault: consumer.atFault === 'yes',
      ...(consumer.ports.high === 0 ? { ports: words.consumers.outside, between: '' } : ports(consumer.ports, figures)),
      connections: connectionsBeside(consumer, consumer.ports.best, words),
      freed: freedAtOnce(consumer, words),
      share: consumer.ports.high === 0 ? '' : figures.share(consumer.shareOfUsable),
      bar: barParts([{ kind: 'used', value: consumer.shareOfUsable }], 1),
      basis: words.terms.bases[consumer.basis],
      basisMeaning: words.terms.basisMeanings[consumer.basis],
      rate: rate(consumer.connectionsPerSecond, context),
      trend: growth(consumer.trendPortsPerHour, context),
      destinations: destinationsOf(consumer, figures),
      services: consumer.services.join(', '),
      users: consumer.users.join(', '),
      commandLine: consumer.commandLine ?? '',
      startedAt: consumer.startedAt === null ? '' : clock.at(consumer.startedAt).text,
      sources: sourcesView(consumer, words),
    })),
    none:
      context.peak !== null && listsTimeWaitOnly(context.peak) ? words.consumers.noneFiltered : words.consumers.none,
    more,
    coverage: coverage(context),
  };
}

/** The first few with a port or more. */
function destinationsOf({ destinations }: Consumer, figures: Figures): { remote: string; ports: string }[] {
  return destinations
    .filter(({ ports: held }, index) => held > 0 || index === 0)
    .slice(0, 3)
    .map(({ remote, ports: held }) => ({ remote, ports: figures.number(held) }));
}

/** What stopping it would free; nothing where that would mend nothing, or nobody may stop it. */
function freedAtOnce(consumer: Consumer, words: HostContext['words']): string {
  const { atFault, exclusivePorts } = consumer;
  const hasPart = atFault === 'yes' || atFault === 'contributing';
  if (!hasPart || isEssentialProcess(consumer)) return '';
  return exclusivePorts === null || exclusivePorts === 0 ? '' : words.freedAtOnce(exclusivePorts);
}

/** Nothing where each port carries one connection, so that the ports tell as much. */
function connectionsBeside(
  { connections }: { readonly connections: number | null },
  ports: number | null,
  words: HostContext['words'],
): string {
  return connections === null || connections === ports ? '' : words.connectionsOn(connections);
}

/** Nothing where the process has no other name than its PID. */
function pids({ process, pids: all }: Consumer): string {
  if (all.length === 1 && process === `PID ${all.join('')}`) return '';
  return all.slice(0, 8).join(', ') + (all.length > 8 ? ', …' : '');
}

/** The best figure with its interval below it; the interval alone where no figure is better than another. */
function ports(estimate: Estimate, figures: Figures): { ports: string; between: string } {
  const span = figures.span(estimate);
  if (estimate.best === null || estimate.low === estimate.high) return { ports: span, between: '' };
  return { ports: figures.number(estimate.best), between: span };
}

/** Connections a second; a dash where none is known, or where less than one is all that is. */
function rate(estimate: Estimate | null, { words, figures }: HostContext): string {
  if (estimate === null || (estimate.high === null && estimate.low < 1)) return words.nothing;
  return estimate.high !== null && estimate.high < 1 ? words.below(figures.number(1)) : figures.span(estimate);
}

/** Ports gained in an hour; empty unless the whole interval is growth. */
function growth(estimate: Estimate | null, { words, figures }: HostContext): string {
  return estimate === null || estimate.low <= 0 ? '' : words.perHour(figures.span(estimate));
}

const RUNGS = ['exact', 'soleOwner', 'candidates', 'destinationOnly', 'directionUnknown', 'unknown'] as const;

function coverage({ host, words, figures }: HostContext) {
  const { attribution } = host;
  return {
    sentence:
      attribution.coverage === null
        ? words.noTimeWait
        : words.consumersCoverage(figures.share(attribution.coverage), figures.number(attribution.clientTimeWait)),
    bar: barParts(
      RUNGS.map((kind) => ({ kind, value: attribution[kind] })),
      Math.max(
        RUNGS.reduce((sum, rung) => sum + attribution[rung], 0),
        1,
      ),
    ),
    rungs: RUNGS.filter((rung) => attribution[rung] > 0).map((kind) => ({
      kind,
      name: words.consumers.rungs[kind],
      ports: figures.number(attribution[kind]),
    })),
    serverSide:
      attribution.serverSide > 0 ? words.about(words.consumers.serverSide, figures.number(attribution.serverSide)) : '',
  };
}

/** As the processes have it: a port that serves several destinations counts for one only, so that the shares add up. */
function ofUsable(ports: number, { peak, figures }: HostContext) {
  const share = ports / Math.max(peak?.usable ?? 0, 1);
  return { share: figures.share(share), bar: barParts([{ kind: 'used', value: share }], 1) };
}

const OPEN_DESTINATIONS = 5;

/** Where the connections went: the first few open, the others one click away. */
export function destinationsView(context: HostContext) {
  const { host, words, figures } = context;
  const { shown, more } = capped(host.destinations, context.rows(15), words, host.destinationsOmitted);
  const rows = shown.map((destination) => ({
    remote: destination.remote,
    service: destination.service ?? '',
    servedBy: destination.servedBy === null ? '' : words.servedHere(destination.servedBy),
    ports: figures.number(destination.ports),
    connections: connectionsBeside(destination, destination.ports, words),
    timeWait: figures.number(destination.timeWait),
    connected: figures.number(destination.connected),
    ...ofUsable(destination.ports, context),
    sources: sourcesView(destination, words),
  }));
  const further = rows.slice(OPEN_DESTINATIONS);
  return {
    open: rows.slice(0, OPEN_DESTINATIONS),
    further,
    furtherTitle: words.furtherRows(further.length),
    furtherLabel: words.about(words.furtherRows(further.length), context.name),
    more,
  };
}
