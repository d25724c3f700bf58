import { describe, expect, it } from 'vitest';
import { spreadOpeners, type WaitingAt } from '../../../src/measure/owners/spread-openers.js';

const JAVA = 1;
const UPDATE = 2;

const endpoints = (count: number, consumer: number | null, remotePort = 443): WaitingAt[] =>
  Array.from({ length: count }, () => ({ remotePort, consumer, ports: 50 }));

describe('what waits towards many endpoints of one service', () => {
  it('is expected to be of whoever is met at most of them, in the share that it has where somebody is met', () => {
    const openers = spreadOpeners([...endpoints(12, JAVA), ...endpoints(2, UPDATE), ...endpoints(5, null)]);
    expect([...openers]).toEqual([[443, [{ consumer: JAVA, share: 12 / 14, others: 100 }]]]);
  });

  it('tells nothing of who is met at a few endpoints only, or of another port', () => {
    expect(spreadOpeners([...endpoints(9, JAVA), ...endpoints(5, null)]).size).toBe(0);
    expect([...spreadOpeners([...endpoints(12, JAVA), ...endpoints(5, null, 1433)]).keys()]).toEqual([443]);
  });
});
