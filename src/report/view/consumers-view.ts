import { barParts } from '../charts/bar.js';
import { capped } from './figures.js';
import type { HostContext } from './context.js';
import { sourcesView } from './sources-view.js';

/** Who held the ports, and how far TIME_WAIT could be traced to anybody. */
export function consumersView(context: HostContext) {
  const { host, words, figures, clock } = context;
  const { shown, left } = capped(host.consumers, context.rows(15), host.consumersOmitted);
  return {
    rows: shown.map((consumer) => ({
      process: consumer.process,
      pids: consumer.pids.slice(0, 8).join(', ') + (consumer.pids.length > 8 ? ', …' : ''),
      fault: words.terms.faults[consumer.atFault],
      atFault: consumer.atFault === 'yes',
      ports: figures.span(consumer.ports),
      share: figures.share(consumer.shareOfUsable),
      bar: barParts([{ kind: 'used', value: consumer.shareOfUsable }], 1),
      basis: words.terms.bases[consumer.basis],
      basisMeaning: words.terms.basisMeanings[consumer.basis],
      rate: consumer.connectionsPerSecond === null ? '–' : figures.span(consumer.connectionsPerSecond),
      trend: consumer.trendPortsPerHour === null ? '' : words.perHour(figures.span(consumer.trendPortsPerHour)),
      destinations: consumer.destinations
        .slice(0, 3)
        .map((destination) => ({ remote: destination.remote, ports: figures.number(destination.ports) })),
      services: consumer.services.join(', '),
      users: consumer.users.join(', '),
      commandLine: consumer.commandLine ?? '',
      startedAt: consumer.startedAt === null ? '' : clock.at(consumer.startedAt).text,
      sources: sourcesView(consumer, words),
    })),
    more: left > 0 ? words.moreInJson(left) : '',
    coverage: coverage(context),
  };
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
      attribution.serverSide > 0 ? `${words.consumers.serverSide}: ${figures.number(attribution.serverSide)}` : '',
  };
}

/** Where the connections went. */
export function destinationsView(context: HostContext) {
  const { host, words, figures } = context;
  const { shown, left } = capped(host.destinations, context.rows(15), host.destinationsOmitted);
  return {
    rows: shown.map((destination) => ({
      remote: destination.remote,
      service: destination.service ?? '–',
      ports: figures.number(destination.ports),
      timeWait: figures.number(destination.timeWait),
      connected: figures.number(destination.connected),
      share: figures.share(destination.saturation),
      bar: barParts([{ kind: 'used', value: destination.saturation }], 1),
      sources: sourcesView(destination, words),
    })),
    more: left > 0 ? words.moreInJson(left) : '',
  };
}
