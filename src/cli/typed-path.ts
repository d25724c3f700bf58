import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { systemErrorReason } from './system-error.js';
import { UserError } from './user-error.js';

/**
 * The paths that an argument means: itself where anything has that name. Else what cmd.exe leaves behind is forgiven (of `"D:\night 2\"`
 * the last backslash makes the quote a part of the name), and `*` and `?` stand for the names that they fit: cmd.exe does not expand them.
 */
export async function pathsMeant(argument: string, cwd: string): Promise<string[]> {
  if (await exists(argument, cwd)) return [argument];
  const bare = argument.replace(/["\\]+$/, '');
  if (bare === '') return [argument];
  if (bare !== argument && (await exists(bare, cwd))) return [bare];
  if (bare.includes('"') || (bare !== argument && !isPattern(bare))) {
    const advice = 'name an existing one, and put no backslash before the closing quote: "D:\\night 2"';
    throw new UserError(argument, 'no such file or folder', advice);
  }
  if (!isPattern(bare)) return [argument];
  const found = await expanded(bare, cwd);
  if (found.length > 0) return found;
  throw new UserError(argument, 'no file or folder has such a name', 'name an existing file or folder');
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Links that lead nowhere are there too: whoever reads them will say so. */
export async function exists(named: string, cwd: string): Promise<boolean> {
  if (named === '' || named.includes('\0')) return false;
  return lstat(path.resolve(cwd, named)).then(
    () => true,
    () => false,
  );
}

/** Part by part, in the order of the names' code units. */
async function expanded(pattern: string, cwd: string): Promise<string[]> {
  const { root } = path.parse(pattern);
  const parts = pattern.slice(root.length).split(path.sep === '\\' ? /[\\/]+/ : /\/+/);
  let found = [root];
  for (const part of parts) {
    const fits = isPattern(part) ? fitting(part) : null;
    const next = await Promise.all(
      found.map(async (above) => {
        const below = fits === null ? [part] : (await namesIn(path.resolve(cwd, above))).filter(fits);
        return below.map((name) => (above === '' || above === root ? `${above}${name}` : `${above}${path.sep}${name}`));
      }),
    );
    found = next.flat();
  }
  const there = await Promise.all(found.map((one) => exists(one, cwd)));
  return found.filter((_, index) => there[index]);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (systemErrorReason(error) === null) throw error;
    return [];
  }
}

/** As the system compares names: Windows knows no case, and `*.*` there is every name; elsewhere a name with a dot in front is asked for. */
function fitting(part: string): (name: string) => boolean {
  const isWindows = path.sep === '\\';
  const pattern = isWindows && part === '*.*' ? '*' : part;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('?', '.')
    .replace(/\*+/g, '.*');
  const expression = new RegExp(`^${source}$`, isWindows ? 'isu' : 'su');
  return (name) => (isWindows || part.startsWith('.') || !name.startsWith('.')) && expression.test(name);
}
