import { expect, test } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import { tcpState } from '../../../src/parsers/port-table/tcp-state.js';

test.each([
  ['LISTENING', TcpState.Listen],
  ['Listen', TcpState.Listen],
  ['TIME_WAIT', TcpState.TimeWait],
  ['TimeWait', TcpState.TimeWait],
  ['FIN_WAIT_1', TcpState.FinWait1],
  ['FinWait2', TcpState.FinWait2],
  ['DELETE_TCB', TcpState.DeleteTcb],
  ['DeleteTCB', TcpState.DeleteTcb],
  ['BOUND', TcpState.Bound],
  ['HERGESTELLT', TcpState.Established],
  ['SCHLIESSEN_WARTEN', TcpState.CloseWait],
  ['SCHLIESSEND', TcpState.Closing],
  ['SYN_EMPFANGEN', TcpState.SynReceived],
  ['ABHÖREN', TcpState.Listen],
  ['ABH\u2122REN', TcpState.Listen],
  ['ABH\ufffdREN', TcpState.Listen],
  ['ABH\u00c3\u2013REN', TcpState.Listen],
])('%s is a known word', (word, state) => {
  expect(tcpState(word)).toBe(state);
});

test.each(['', 'ABHREN', 'ABHxxxxREN', 'LISTENER', 'WAIT'])('%j is a word nobody has seen', (word) => {
  expect(tcpState(word)).toBeNull();
});
