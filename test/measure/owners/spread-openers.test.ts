import { describe, expect, it } from 'vitest';
import { portsOfSpreadOpeners, type WaitingAt } from '../../../src/measure/owners/spread-openers.js';

const JAVA = 1;
const UPDATE = 2;

const endpoints = (count: number, consumer: number | null, remotePort = 443): WaitingAt[] =>
  Array.from({ length: count }, () => ({ remotePort, consumer, ports: 50 }));

describe('what waits towards many endpoints of one service', () => {
  it('may all be of whoever is met at most of them, even where another or nobody is met', () => {
    const more = portsOfSpreadOpeners([...endpoints(12, JAVA), ...endpoints(2, UPDATE), ...endpoints(5, null)]);
    expect([...more]).toEqual([[JAVA, 350]]);
  });

  it('tells nothing of who is met at a few endpoints only, or of another port', () => {
    expect(portsOfSpreadOpeners([...endpoints(9, JAVA), ...endpoints(5, null)]).size).toBe(0);
    expect([...portsOfSpreadOpeners([...endpoints(12, JAVA), ...endpoints(5, null, 1433)])]).toEqual([[JAVA, 0]]);
  });
});
