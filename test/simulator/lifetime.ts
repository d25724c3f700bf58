import type { RandomStream } from './random.js';
import type { Lifetime } from './scenario.js';

/** Seconds a connection lives, drawn from the client's own stream. */
export function drawLifetime(lifetime: Lifetime, random: RandomStream): number {
  switch (lifetime.kind) {
    case 'constant':
      return lifetime.seconds;
    case 'exponential':
      return random.exponential(lifetime.meanSeconds);
    case 'uniform':
      return random.between(lifetime.low, lifetime.high);
    case 'lognormal':
      return lifetime.medianSeconds * Math.exp(lifetime.sigma * random.normal());
  }
}
