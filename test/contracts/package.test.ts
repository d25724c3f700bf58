import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/model/version.js';
import { importsOf } from './imports-of.js';
import { filesBelow } from './project-files.js';

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('the package', () => {
  it('pins every dependency exactly', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('writes its own version into reports', () => {
    expect(VERSION).toBe(manifest.version);
  });

  it('depends on exactly the packages that src imports', () => {
    const packages = filesBelow('src')
      .filter((file) => file.endsWith('.ts'))
      .flatMap(importsOf)
      .filter((target) => !target.startsWith('src/') && !target.startsWith('node:') && !builtinModules.includes(target))
      .map((target) =>
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect([...new Set(packages)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('ships the capture that `portmortem sample` reads', () => {
    expect(manifest.files).toContain('fixtures/scenarios/rdsh-no-buffer-space/capture');
    expect(filesBelow('fixtures/scenarios/rdsh-no-buffer-space/capture')).not.toEqual([]);
  });

  it('has a changelog entry for its version', () => {
    expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`## ${manifest.version}`);
  });
});
