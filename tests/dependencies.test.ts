/** What `npm ci` runs and fetches, read from the lock file: nothing but what somebody looked at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Packages that may run code while they are installed, each with what it does. By version: another one is looked at anew.
 */
const INSTALL_SCRIPTS: Record<string, string> = {
  'onnxruntime-node@1.30.0': 'fetches parts for graphics cards, which .npmrc tells it to skip',
  'protobufjs@7.6.6': 'of the Feishu SDK: warns of a version range; nothing is fetched or compiled',
};

type Locked = {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
};
type Manifest = {
  scripts?: Record<string, string>;
  gypfile?: boolean;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, unknown>;
};
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json');
/** Without the program itself. */
const locked = Object.entries(packages).filter(([path]) => path !== '');
const labelOf = (path: string, { version }: Locked) => `${path.split('node_modules/').at(-1)}@${version}`;

describe('the lock file', () => {
  it('names no install script that is not on the list, and the list none that is gone', () => {
    expect(locked.length).toBeGreaterThan(100);
    const found = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map((entry) => labelOf(...entry));
    expect([...new Set(found)].sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
  });

  it('says of each package that is here whether it has one', () => {
    const silent = locked.filter(([path, { hasInstallScript }]) => {
      if (hasInstallScript || !existsSync(join(path, 'package.json'))) return false;
      const { scripts = {}, gypfile } = read<Manifest>(join(path, 'package.json'));
      const runs = ['preinstall', 'install', 'postinstall'].some((name) => scripts[name]);
      // npm compiles a package with such a file, unasked.
      return runs || (gypfile !== false && existsSync(join(path, 'binding.gyp')));
    });
    expect(silent.map((entry) => labelOf(...entry))).toEqual([]);
  });

  it('fetches from the registry alone, each with its checksum', () => {
    // Without an address it is the registry that npm is set to.
    const isOurs = ({ resolved, integrity = '' }: Locked) =>
      (resolved?.startsWith('https://registry.npmjs.org/') ?? true) && integrity.startsWith('sha512-');
    const foreign = locked.filter(([, entry]) => !isOurs(entry));
    expect(foreign.map((entry) => labelOf(...entry))).toEqual([]);
  });
});

describe('the manual', () => {
  const page = readFileSync('scripts/README.md', 'utf8');
  const section = /^## Dependencies kept at an older version\n([^]*?)(?=^## |(?![^]))/m.exec(page)?.[1] ?? '';
  /** Package to version, from `| `name` (…) | version | reason |`. */
  const named = new Map(
    [...section.matchAll(/^\| `([^`]+)`[^|]*\| ([\d.]+) \| [^|]{10,} \|$/gm)].map(
      ([, name = '', version = '']) => [name, version],
    ),
  );
  const { dependencies, devDependencies, overrides } = read<Manifest>('package.json');
  const wanted = { ...dependencies, ...devDependencies, ...overrides };

  it('gives the reason of every exact version and every override', () => {
    const isExact = ([, range]: [string, unknown]) => typeof range !== 'string' || /^\d/.test(range);
    const held = [...Object.entries(wanted).filter(isExact), ...Object.entries(overrides)].map(
      ([name]) => name,
    );
    expect(held.length).toBeGreaterThan(3);
    for (const name of held) expect([...named.keys()], name).toContain(name);
  });

  it('names the versions that are installed', () => {
    expect(named.size).toBeGreaterThan(5);
    for (const [name, version] of named) {
      expect(Object.keys(wanted)).toContain(name);
      expect(`${packages[`node_modules/${name}`]?.version}.`.startsWith(`${version}.`), name).toBe(true);
    }
  });
});
