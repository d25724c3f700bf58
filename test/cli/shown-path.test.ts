import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownPaths } from '../../src/cli/shown-path.js';

describe('the paths a report shows', () => {
  it('are relative to the only folder named, with forward slashes', () => {
    const found = [
      { named: 'C:\\evidence', below: ['night 1', 'netstat.txt'] },
      { named: 'C:\\evidence', below: ['System.xml'] },
    ];
    expect(shownPaths(found, win32)).toEqual(['night 1/netstat.txt', 'System.xml']);
  });

  it('begin with the folder where several are named', () => {
    const found = [
      { named: 'D:\\cases\\RDSH01\\', below: ['netstat.txt'] },
      { named: '..\\APP02', below: ['netstat.txt'] },
    ];
    expect(shownPaths(found, win32)).toEqual(['RDSH01/netstat.txt', 'APP02/netstat.txt']);
  });

  it('are the bare names of files named one by one', () => {
    const found = [
      { named: 'C:/evidence\\System.xml', below: [] },
      { named: '\\\\server\\share\\netstat.txt', below: [] },
    ];
    expect(shownPaths(found, win32)).toEqual(['System.xml', 'netstat.txt']);
  });

  it('keep the folder above where two files have one name, but never the whole path', () => {
    const found = [
      { named: '/home/ann/night1/netstat.txt', below: [] },
      { named: '/home/ann/night2/netstat.txt', below: [] },
      { named: '/home/ann/night2/tcp.csv', below: [] },
    ];
    expect(shownPaths(found, posix)).toEqual(['night1/netstat.txt', 'night2/netstat.txt', 'tcp.csv']);
  });

  it('are numbered where nothing else tells them apart', () => {
    const found = [
      { named: '/a/night/netstat.txt', below: [] },
      { named: '/b/night/netstat.txt', below: [] },
    ];
    expect(shownPaths(found, posix)).toEqual(['night/netstat.txt', 'night/netstat.txt (2)']);
  });

  it('take a backslash for a separator on Windows only', () => {
    const found = [
      { named: '/a/x\\y.txt', below: [] },
      { named: '/b/x\\y.txt', below: [] },
    ];
    expect(shownPaths(found, posix)).toEqual(['a/x\\y.txt', 'b/x\\y.txt']);
    expect(shownPaths(found, win32)).toEqual(['x/y.txt', 'x/y.txt (2)']);
  });

  it('say evidence for the current folder beside another', () => {
    const found = [
      { named: '.', below: ['a.txt'] },
      { named: 'more', below: ['a.txt'] },
    ];
    expect(shownPaths(found, win32)).toEqual(['evidence/a.txt', 'more/a.txt']);
  });
});
