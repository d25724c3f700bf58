import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTION_MAKERS } from '../../src/advice/actions/actions.js';
import { phrase } from '../../src/messages/phrase.js';
import type { Action } from '../../src/model/report-advice.js';
import { churn } from '../advice/a-capture.js';
import { SMALL_RANGE } from '../mechanisms/case.js';
import { CASES } from '../mechanisms/cases.js';
import { INCIDENTS } from '../simulator/incidents/catalogue.js';
import { connections, netstat, regQuery, reportOf, systemLog } from '../support/capture.js';
import { filesBelow } from './project-files.js';

const FOLDER = 'src/advice/actions';
const FILES = filesBelow(FOLDER);

/** Every record of the room that fits into the list, by the checker. */
function makersOfTheRoom(): string[] {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const program = ts.createProgram(FILES, ts.parseJsonConfigFileContent(config.config, ts.sys, '.').options);
  const checker = program.getTypeChecker();
  const exportsOf = (file: string): ts.Symbol[] => {
    const source = program.getSourceFile(file);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  };
  const maker = exportsOf(`${FOLDER}/action.ts`).find(({ name }) => name === 'ActionMaker');
  if (maker === undefined) throw new Error('there is no ActionMaker');
  return FILES.filter((file) => file !== `${FOLDER}/actions.ts`)
    .flatMap(exportsOf)
    .filter((symbol) => symbol.valueDeclaration !== undefined)
    .filter((symbol) =>
      checker.isTypeAssignableTo(checker.getTypeOfSymbol(symbol), checker.getDeclaredTypeOfSymbol(maker)),
    )
    .map(({ name }) => name)
    .sort();
}

/** Looks at something, or writes it down elsewhere. */
const CHANGES_NOTHING = /^(?:netsh int ipv[46] show |reg (?:query|export) |Get-|netstat )/;
/** When, or with which restart: that is told in fields of its own. */
const TIMING = /\bnow\b|\bat once\b|immediately|\bnext\b|\blater\b|\bonly if\b|no restart|\bthen\b/i;
/** A restart changes no setting; there is nothing to put back. */
const RESTARTS = ['shutdown /r /t 0', 'Restart-Computer'];

function changes({ apply }: Action): boolean {
  const commands = [...apply.cmd, ...apply.powershell].filter((command) => !RESTARTS.includes(command));
  return apply.reg !== null || commands.some((command) => !CHANGES_NOTHING.test(command));
}

/** Made for what no case of a mechanism leads to. */
const PLAYED = [
  'auto-reuse-range-too-small',
  'udp-small-range',
  'udp-socket-pool-of-dns',
  'undersized-by-winnat-blocks',
];
const FIRES: readonly string[] = ['confirmed', 'likely'];

async function actionsOf(...[files, options]: Parameters<typeof reportOf>): Promise<Action[][]> {
  return (await reportOf(files, options)).hosts.map(({ recommendation }) => recommendation.actions);
}

describe('the list of actions', () => {
  it('holds every record of the room that makes one, under the id that its name says', () => {
    const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const listed = ACTION_MAKERS.map(({ id }) => id).sort();
    expect(makersOfTheRoom().map(kebab)).toEqual(listed);
    expect([...new Set(listed)]).toEqual(listed);
  });
});

describe('every action', () => {
  let lists: Action[][] = [];
  let all: Action[] = [];

  beforeAll(async () => {
    for (const { files, options } of Object.values(CASES)
      .flat()
      .filter(({ outcome }) => FIRES.includes(outcome)))
      lists.push(...(await actionsOf(files, { range: SMALL_RANGE, ...options })));
    for (const incident of INCIDENTS.filter(({ id }) => PLAYED.includes(id))) {
      const files = incident.make(1).files.map(({ name, bytes }) => [name, bytes] as const);
      lists.push(...(await actionsOf(Object.fromEntries(files), { timezone: null })));
    }
    const rows = connections('ESTABLISHED', 50_000, 20);
    const unheld = {
      'netstat.txt': netstat('09:10:00', rows),
      'System.xml': systemLog([{ time: '09:14:38', id: 4266 }]),
    };
    lists.push(
      ...(await actionsOf(unheld)),
      ...(await actionsOf({ ...churn(), 'reg.txt': regQuery({ MaxUserPort: 60_000 }) })),
      ...(await actionsOf(churn(), { headroom: 0.1, timeWaitSeconds: 120 })),
    );
    lists = lists.filter((list) => list.length > 0);
    all = lists.flat();
  }, 60_000);

  it('is made by one of the captures below', () => {
    expect([...new Set(all.map(({ id }) => id))].sort()).toEqual(ACTION_MAKERS.map(({ id }) => id).sort());
  });

  it('stands once in a recommendation', () => {
    const ids = lists.map((list) => list.map(({ id }) => id));
    expect(ids.filter((list) => new Set(list).size < list.length)).toEqual([]);
  });

  it('has commands, or says why there are none', () => {
    const bare = all.filter(({ apply, why }) => apply.cmd.length + apply.powershell.length === 0 && why.id === '');
    expect(bare).toEqual([]);
  });

  it('says who does it, how long it takes, how one sees that it worked, and what it costs if it was wrong', () => {
    const sentences = all.flatMap((action) =>
      [action.who, action.duration, action.workedWhen, ...action.risks].map((message) => [action.id, message] as const),
    );
    const unsaid = sentences.filter(([, message]) => !phrase(message, 'en').endsWith('.'));
    expect(unsaid).toEqual([]);
    expect(all.filter(({ risks }) => risks.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('has its time and its restart in fields, and none of them in its title', () => {
    const timed = all.map(({ title }) => phrase(title, 'en')).filter((title) => TIMING.test(title));
    expect(timed).toEqual([]);
  });

  it('is verified by events from after the change only', () => {
    const ofEvents = all.flatMap(({ verify }) => verify).filter((command) => /4227|4231|4266/.test(command));
    expect(ofEvents.length).toBeGreaterThan(0);
    expect(ofEvents.filter((command) => !command.includes('StartTime='))).toEqual([]);
  });

  it('has a way back where it changes something', () => {
    const oneWay = all.filter((action) => changes(action) && action.rollback.length === 0);
    expect(oneWay.map(({ id }) => id)).toEqual([]);
  });
});
