import type { Estimate } from '../../model/estimate.js';
import type { DemandMethod } from '../../model/report-ports.js';
import { interval } from './figures.js';
import { terms } from './terms.js';

export const demandWords = {
  'demand.disagreement': (p: { less: DemandMethod; lessRate: Estimate; more: DemandMethod; moreRate: Estimate }) =>
    `Two ways of counting do not agree: ${terms.demandMethods[p.less]} gives ${interval(p.lessRate)} a second, ${terms.demandMethods[p.more]} ${interval(p.moreRate)}. They show different stretches, or TIME_WAIT does not last as long as is taken here.`,
};
