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

  it('grow by as many folders as tell them apart, each for itself', () => {
    const found = [
      { named: '/a/night/netstat.txt', below: [] },
      { named: '/b/night/netstat.txt', below: [] },
      { named: '/b/day/netstat.txt', below: [] },
      { named: '/c/night', below: ['netstat.txt'] },
      { named: '/c/night', below: ['tcp.csv'] },
    ];
    expect(shownPaths(found, posix)).toEqual([
      'a/night/netstat.txt',
      'b/night/netstat.txt',
      'day/netstat.txt',
      'c/night/netstat.txt',
      'tcp.csv',
    ]);
  });

  it('are numbered where nothing else tells them apart: never by a disk, a root or a way up', () => {
    const up = [
      { named: 'night/netstat.txt', below: [] },
      { named: '../night/netstat.txt', below: [] },
    ];
    expect(shownPaths(up, posix)).toEqual(['night/netstat.txt', 'night/netstat.txt (2)']);
    const disks = [
      { named: 'C:\\night\\netstat.txt', below: [] },
      { named: 'D:\\night\\netstat.txt', below: [] },
    ];
    expect(shownPaths(disks, win32)).toEqual(['night/netstat.txt', 'night/netstat.txt (2)']);
  });

  it('take a backslash for a separator on Windows only', () => {
    const found = [
      { named: '/a/x\\y.txt', below: [] },
      { named: '/b/x\\y.txt', below: [] },
    ];
    expect(shownPaths(found, posix)).toEqual(['a/x\\y.txt', 'b/x\\y.txt']);
    expect(shownPaths(found, win32)).toEqual(['a/x/y.txt', 'b/x/y.txt']);
  });

  it('say evidence for the current folder beside another', () => {
    const found = [
      { named: '.', below: ['a.txt'] },
      { named: 'more', below: ['a.txt'] },
    ];
    expect(shownPaths(found, win32)).toEqual(['evidence/a.txt', 'more/a.txt']);
  });
});
